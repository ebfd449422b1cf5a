import { untilAborted } from './until-aborted.ts';

/** A sleep that can be ended early. If nobody is asleep, `wake` ends the next sleep immediately. */
export class WakeSignal {
  #woken = false;
  #end: () => void = () => {};

  wake(): void {
    this.#woken = true;
    this.#end();
  }

  /**
   * Sleeps for `milliseconds` or until woken.
   *
   * @returns Whether the sleeper was woken.
   */
  async sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const asleep = () =>
      new Promise<void>((resolve) => {
        this.#end = resolve;
        if (this.#woken) resolve();
        timer = setTimeout(resolve, milliseconds);
      });
    await untilAborted(signal, asleep).finally(() => clearTimeout(timer));
    const woken = this.#woken;
    this.#woken = false;
    return woken;
  }
}

import { untilAborted } from './until-aborted.ts';

/** Somebody who may be woken from a pause. A ring while nobody is pausing ends the next pause at once. */
export class Bell {
  #rung = false;
  #wake: () => void = () => {};

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Pauses for so long, or until it rings. Whether it rang. */
  async pause(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pause = () =>
      new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (this.#rung) resolve();
        timer = setTimeout(resolve, milliseconds);
      });
    await untilAborted(signal, pause).finally(() => clearTimeout(timer));
    const rang = this.#rung;
    this.#rung = false;
    return rang;
  }
}

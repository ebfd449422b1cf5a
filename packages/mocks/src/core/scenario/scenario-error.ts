/** A snapshot or a scenario is invalid. Nothing was changed. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  /** JSON pointer to the invalid place. A token in the pointer is replaced by `…`. */
  readonly pointer: string;

  constructor(subject: 'snapshot' | 'scenario', pointer: string, problem: string) {
    const shown = pointer.replace(/(?<=^(\/state)?\/tokens\/)[^/]+/, '…');
    super(`The ${subject} is invalid at ${shown || 'its root'}: ${problem}. Nothing was changed.`);
    this.pointer = shown;
  }
}

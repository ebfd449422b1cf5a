/** A statement of a handler failed. The message names the code only: the database's message may quote personal data. */
export class StatementError extends Error {
  override readonly name = 'StatementError';
  readonly code: string;

  /** @param code - The code of the database for the failure. */
  constructor(code: string) {
    super(`its transaction failed (${code})`);
    this.code = code;
  }
}

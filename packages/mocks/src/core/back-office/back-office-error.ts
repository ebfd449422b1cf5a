/** The back office cannot decide that. */
export class BackOfficeError extends Error {
  override readonly name = 'BackOfficeError';
  /** What HTTP calls it: 404 for an unknown merchant, 409 for a wrong move. */
  readonly status: 404 | 409;

  constructor(status: 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

import { type Attempted, PartnerError } from './partner-error.ts';

/** The provider answered 2xx, so the operation was carried out, but the body is not the JSON that was promised. */
export class UnreadableResponseError extends PartnerError {
  override get name(): string {
    return 'UnreadableResponseError';
  }

  /** The HTTP status, a 2xx. */
  readonly status: number;

  constructor(attempted: Attempted, status: number) {
    super(
      attempted,
      `was answered with HTTP ${status}, but the body cannot be read. Do not repeat it blindly.`,
    );
    this.status = status;
  }
}

import { type Attempted, PartnerError } from './partner-error.ts';

/** No whole answer came within `timeoutMs`. Nothing was changed by it. */
export class TimeoutError extends PartnerError {
  override get name(): string {
    return 'TimeoutError';
  }

  /** The time the attempt was given, in milliseconds. */
  readonly timeoutMs: number;

  constructor(attempted: Attempted, timeoutMs: number) {
    super(attempted, `got no whole answer within ${timeoutMs} ms. Try again later.`);
    this.timeoutMs = timeoutMs;
  }
}

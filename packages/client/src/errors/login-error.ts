import type { ApiError, ErrorCode } from './api-error.ts';
import { PartnerError } from './partner-error.ts';

/** The login before the operation was refused, so the operation itself was not sent. */
export class LoginError extends PartnerError {
  override get name(): string {
    return 'LoginError';
  }

  readonly status: number;
  readonly code: ErrorCode | undefined;

  constructor(refusal: ApiError) {
    const { status, code } = refusal;
    super(refusal, `was refused with HTTP ${status}${code ? ` (${code})` : ''}. Check the credentials.`);
    this.status = status;
    this.code = code;
  }
}

import type { ApiError, ErrorCode } from './api-error.ts';
import { PartnerError } from './partner-error.ts';

/** The provider rejected the login before the operation, so the operation was not sent. */
export class LoginError extends PartnerError {
  static override name = 'LoginError';

  /** HTTP status of the login, a 4xx. */
  declare readonly status: number;
  /** Error code of the provider. Often missing. */
  declare readonly code: ErrorCode | undefined;

  constructor(rejection: ApiError) {
    const { status, code } = rejection;
    super(rejection, `failed with HTTP ${status}${code ? ` (${code})` : ''}. Check the credentials.`, {
      status,
      code,
    });
  }
}

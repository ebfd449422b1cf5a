import { ApiError, type Refusal } from './api-error.ts';
import type { ForbiddenError } from './forbidden-error.ts';

/** 429: too many requests. The provider documents 403 for it; see {@link ForbiddenError}. */
export class RateLimitError extends ApiError {
  override get name(): string {
    return 'RateLimitError';
  }

  constructor(refusal: Refusal) {
    super(refusal, 'There were too many requests: wait, and send fewer.');
  }
}

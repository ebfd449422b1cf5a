import { ApiError, type Refusal } from './api-error.ts';
import type { RateLimitError } from './rate-limit-error.ts';

/** 403: not permitted. A 403 that says it is about a limit is a {@link RateLimitError}; one that does not say, is this. */
export class ForbiddenError extends ApiError {
  override get name(): string {
    return 'ForbiddenError';
  }

  constructor(refusal: Refusal) {
    super(refusal, 'It is not permitted: check the realm and the flow, or slow down.');
  }
}

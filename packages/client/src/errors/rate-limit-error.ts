import { ApiError, type Refusal } from './api-error.ts';

/** 429, or a 403 that has `Retry-After` or speaks of a limit: too many requests. It was refused, and not carried out. */
export class RateLimitError extends ApiError {
  override get name(): string {
    return 'RateLimitError';
  }

  constructor(refusal: Refusal) {
    super(refusal, 'Wait, and send fewer requests.');
  }
}

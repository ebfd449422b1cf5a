import { ApiError, type Refusal } from './api-error.ts';

/** 403: not permitted, or too many requests, for which the provider uses 403 as well. */
export class ForbiddenError extends ApiError {
  override get name(): string {
    return 'ForbiddenError';
  }

  constructor(refusal: Refusal) {
    super(
      refusal,
      'It is not permitted, or a request limit is exceeded: check the realm and the flow, or slow down.',
    );
  }
}

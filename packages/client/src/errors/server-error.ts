import { ApiError, type Refusal } from './api-error.ts';

/** 5xx, 408 or 425: the provider could not do it now. */
export class ServerError extends ApiError {
  override get name(): string {
    return 'ServerError';
  }

  constructor(refusal: Refusal) {
    super(refusal, 'Try again later.');
  }
}

import { ApiError, type Refusal } from './api-error.ts';

/** 400, 413, 415 and their like: the request itself is at fault. Change it before you send it again. */
export class BadRequestError extends ApiError {
  override get name(): string {
    return 'BadRequestError';
  }

  constructor(refusal: Refusal) {
    super(refusal, 'Correct the request: body() has the reason.');
  }
}

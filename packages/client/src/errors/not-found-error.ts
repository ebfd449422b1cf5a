import { ApiError, type Refusal } from './api-error.ts';

/** 404, or 400 with `merchantNotFound`: there is no such merchant, realm, flow or path. */
export class NotFoundError extends ApiError {
  override get name(): string {
    return 'NotFoundError';
  }

  constructor(refusal: Refusal) {
    super(refusal, 'Check the ids and the URL of the server.');
  }
}

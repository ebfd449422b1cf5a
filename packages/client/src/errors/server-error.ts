import { ApiError, type Refusal } from './api-error.ts';
import { repeatAdvice } from './repeat-advice.ts';

/** 5xx: a fault at the provider's. The operation may have been carried out. */
export class ServerError extends ApiError {
  override get name(): string {
    return 'ServerError';
  }

  constructor(refusal: Refusal) {
    super(refusal, `The fault is the provider's. ${repeatAdvice(refusal.operationId)}`);
  }
}

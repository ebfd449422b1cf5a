import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { PartnerError } from './partner-error.ts';
import { repeatAdvice } from './repeat-advice.ts';

/** No whole answer came within `timeoutMs`. */
export class TimeoutError extends PartnerError {
  override get name(): string {
    return 'TimeoutError';
  }

  /** The time the attempt was given, in milliseconds. */
  readonly timeoutMs: number;

  constructor(operationId: OperationId, timeoutMs: number) {
    super(operationId, `got no whole answer within ${timeoutMs} ms. ${repeatAdvice(operationId)}`);
    this.timeoutMs = timeoutMs;
  }
}

import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { PartnerError } from './partner-error.ts';
import { repeatAdvice } from './repeat-advice.ts';

/** Your own signal ended the call; why is in its `reason`. */
export class AbortedError extends PartnerError {
  override get name(): string {
    return 'AbortedError';
  }

  constructor(operationId: OperationId) {
    super(operationId, `was aborted by its signal. ${repeatAdvice(operationId)}`);
  }
}

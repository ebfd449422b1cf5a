import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';

/** What to do after an attempt whose outcome is unknown: no operation that writes is idempotent. */
export function repeatAdvice(operationId: OperationId): string {
  return operations[operationId].method === 'GET'
    ? 'Try again later.'
    : 'It may have been carried out all the same: look before you repeat it.';
}

import type { OperationId, RequestLine } from '@partner-ecosystem/openapi/operations';

/** What the client needs of an operation of the contract in order to send it. */
export interface Operation extends RequestLine {
  readonly operationId: OperationId;
}

/** Whether the operation can be repeated safely. Every other operation of this API is not idempotent. */
export function isRepeatable({ operationId, method }: Operation): boolean {
  return method === 'GET' || operationId === 'loginPartner';
}

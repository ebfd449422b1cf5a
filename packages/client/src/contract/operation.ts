import { type OperationId, type RequestLine, requestLines } from '@partner-ecosystem/openapi/operations';

/** An operation of the contract, as much of it as it takes to send it. */
export interface Operation extends RequestLine {
  readonly operationId: OperationId;
}

export const operationIds = Object.keys(requestLines) as OperationId[];

export function operationOf(operationId: OperationId): Operation {
  return { operationId, ...requestLines[operationId] };
}

/** Whether it changes nothing that a second time would change again. Nothing else of this API is idempotent. */
export function isRepeatable({ operationId, method }: Operation): boolean {
  return method === 'GET' || operationId === 'loginPartner';
}

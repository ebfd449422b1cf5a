import type { OperationId, RequestLine } from '@partner-ecosystem/openapi/operations';
import { getProperty, isRecord } from '../http/http-result.ts';

/** What the client needs of an operation of the contract in order to send it. */
export interface Operation extends RequestLine {
  readonly operationId: OperationId;
}

/** Whether the operation can be repeated safely. Every other operation of this API is not idempotent. */
export function isRepeatable({ operationId, method }: Operation): boolean {
  return method === 'GET' || operationId === 'loginPartner';
}

/**
 * Whether a body can be that of a success: an object with what the vendor documents. What the contract only infers decides
 * nothing, because a true success would then count as an unknown outcome.
 */
export function isResult({ result }: Operation, body: unknown): boolean {
  return !result || (isRecord(body) && result.every((name) => getProperty(body, name)));
}

import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { isObject } from '../json/json-value.ts';
import { withValueAt } from '../json/with-value-at.ts';
import { successStatus } from './success-status.ts';

interface Response {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Gives a response of the sandbox the status that the contract lists. A correction may have changed the status of a
 * success, or replaced the status of an error.
 */
export function withContractStatus<R extends Response>(operationId: OperationId, response: R): R {
  const { replaced = {} }: Operation = operations[operationId];
  const status =
    response.status === 200 ? successStatus(operationId) : (replaced[response.status] ?? response.status);
  return status === response.status ? response : { ...response, status, body: bodyOf(response, status) };
}

/** The framework repeats the status of an error in the body. */
function bodyOf({ status: usual, body }: Response, status: number): unknown {
  if (!isObject(body) || !isObject(body['error']) || body['error']['statusCode'] !== usual) return body;
  return withValueAt(body, ['error', 'statusCode'], status);
}

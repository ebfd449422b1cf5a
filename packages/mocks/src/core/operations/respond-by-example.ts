import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { contractBody } from '../contract/contract-body.ts';
import { successStatus } from '../contract/success-status.ts';
import { succeed } from '../responses/operation-responses.ts';
import type { OperationHandler } from './operation-handler.ts';

/** The handler of an operation that a correction added to the contract: a valid request gets the contract's example. */
export function respondByExample(operationId: OperationId): OperationHandler<OperationId> {
  return {
    model: operationId,
    // The contract's tests check that the example has the type of the response.
    handle: (_, __, { derive }) =>
      succeed(contractBody(operationId, successStatus(operationId), derive) as never),
  };
}

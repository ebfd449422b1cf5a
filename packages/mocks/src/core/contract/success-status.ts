import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';

/** The status of an operation's success. */
export function successStatus(operationId: OperationId): number {
  const { success }: Operation = operations[operationId];
  return success[0] ?? 200;
}

import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { BackOfficeError } from '../core/back-office/decide.ts';
import { route } from '../core/contract/route.ts';
import type { Machine } from './machine.ts';

/** Sends a request with a body to the sandbox itself, and returns the body of the response. */
export type Sender = (
  operationId: OperationId,
  value: object,
  authorization?: string,
) => { readonly id: string };

/**
 * Creates a sender for requests that must succeed.
 *
 * @param problem - What it means when a request does not succeed.
 */
export function createSender({ run }: Pick<Machine, 'run'>, problem: string): Sender {
  return (operationId, value, authorization) => {
    const { method, path } = operations[operationId];
    const target = route(method, path);
    const response = run({
      kind: 'request',
      request: {
        ...{ method, path, target, query: [], origin: '', transport: 'in-process' },
        ...(authorization !== undefined && { authorization }),
        body: { kind: 'read', value },
      },
    });
    if (response.status === 200 && 'body' in response) return response.body as { readonly id: string };
    throw new BackOfficeError(
      409,
      `${problem}: ${operationId} got ${response.status}. Remove the fault or override for it.`,
    );
  };
}

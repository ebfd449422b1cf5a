import * as examples from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations, tokenPlace } from '@partner-ecosystem/openapi/operations';
import { requests } from '@partner-ecosystem/openapi/schemas';
import { BackOfficeError } from '../core/back-office/decide.ts';
import { resolve } from '../core/contract/resolve.ts';
import { route } from '../core/contract/route.ts';
import { successStatus } from '../core/contract/success-status.ts';
import type { Machine } from './machine.ts';

export type WithBody = OperationId & keyof typeof examples.requests;

/** Sends a request with a body to the sandbox itself, and returns the body of the response. */
export type Sender = (
  operationId: WithBody,
  given: object,
  authorization?: string,
) => { readonly id: string };

/**
 * Creates a sender for requests that must succeed.
 *
 * @param problem - The error message for a request that does not succeed.
 */
export function createSender({ run }: Machine, problem: string): Sender {
  return (operationId, given, authorization) => {
    const { method, path } = operations[operationId];
    const target = route(method, path);
    const response = run({
      kind: 'request',
      request: {
        method,
        path,
        target,
        query: [],
        origin: '',
        transport: 'in-process',
        ...(authorization !== undefined && { authorization }),
        body: { kind: 'read', value: { ...requiredExample(operationId), ...given } },
      },
    });
    if (response.status === successStatus(operationId) && 'body' in response)
      return response.body as { readonly id: string };
    throw new BackOfficeError(
      409,
      `${problem}: ${operationId} got ${response.status}. Remove the fault or the override of this operation.`,
    );
  };
}

/** The token in the response to a login. The contract says where the token is. */
export function tokenOf(login: unknown): string {
  return `${tokenPlace.reduce((at: unknown, name) => Object(at)[name], login)}`;
}

/**
 * The required properties of a request, from the contract's example. A correction may have added required properties.
 */
export function requiredExample(operationId: WithBody): object {
  const { required = [] } = resolve(requests[operationId] ?? {});
  const [example] = Object.values<object>(examples.requests[operationId]);
  return Object.fromEntries(Object.entries(example ?? {}).filter(([name]) => required.includes(name)));
}

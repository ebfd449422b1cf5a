import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { operations } from '@partner-ecosystem/openapi/operations';
import type { Sandbox } from '../../../packages/mocks/src/index.ts';

/** The sandbox, and the ids that it gave to the partners and cases of the model. */
export interface Real {
  readonly sandbox: Sandbox;
  readonly partners: { readonly id: string; readonly username: string; token: string }[];
  readonly cases: string[];
}

/** What was answered, as far as the model tells it. */
export interface Outcome {
  readonly status: number;
  readonly code: unknown;
  readonly body: { readonly [name: string]: unknown };
}

export const password = 'Not-a-real-password-1';

/** Performs an operation in process. */
export function call(
  { sandbox }: Real,
  operationId: OperationId,
  given: {
    readonly token?: string;
    readonly body?: object;
    readonly parameter?: string;
    readonly query?: string;
  },
): Outcome {
  const { method, path } = operations[operationId];
  const reply = sandbox.handle({
    method,
    path: path.replace(/\{\w+\}/, given.parameter ?? ''),
    query: [...new URLSearchParams(given.query)],
    ...(given.token !== undefined && { authorization: given.token }),
    origin: 'http://sandbox.test',
    body: given.body ? { kind: 'read', value: given.body } : { kind: 'none' },
    transport: 'in-process',
  });
  const body = JSON.parse(`${reply.body}`);
  return { status: reply.status, code: body.error?.code, body };
}

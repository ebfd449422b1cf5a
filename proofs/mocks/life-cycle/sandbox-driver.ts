import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { operations } from '@partner-ecosystem/openapi/operations';
import type { Sandbox } from '../../../packages/mocks/src/index.ts';

/** The sandbox under test, with the ids of the model's partners and cases, in the order of the model's lists. */
export interface SandboxDriver {
  readonly sandbox: Sandbox;
  readonly partners: { readonly id: string; readonly username: string; token: string }[];
  readonly cases: string[];
}

/** The part of a response that the model predicts. */
export interface Outcome {
  readonly status: number;
  readonly code: unknown;
  readonly body: { readonly [name: string]: unknown };
}

export interface CallParts {
  readonly token?: string;
  readonly body?: object;
  /** Replaces the parameter in the path. */
  readonly parameter?: string;
  readonly query?: string;
}

/** Calls an operation in process. */
export function call({ sandbox }: SandboxDriver, operationId: OperationId, parts: CallParts): Outcome {
  const { method, path } = operations[operationId];
  const reply = sandbox.handle({
    method,
    path: path.replace(/\{\w+\}/, parts.parameter ?? ''),
    query: [...new URLSearchParams(parts.query)],
    ...(parts.token !== undefined && { authorization: parts.token }),
    origin: 'http://sandbox.test',
    body: parts.body ? { kind: 'read', value: parts.body } : { kind: 'none' },
    transport: 'in-process',
  });
  const body = JSON.parse(`${reply.body}`);
  return { status: reply.status, code: body.error?.code, body };
}

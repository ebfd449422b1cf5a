import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { route, type Sandbox } from '../../../packages/mocks/src/index.ts';
import type { RequestParts } from '../api/api-request.ts';

/** The sandbox under test, with the ids of the model's partners and cases, in the order of the model's lists. */
export interface SandboxDriver {
  readonly sandbox: Sandbox;
  readonly partners: { readonly id: string; readonly username: string; token: string }[];
  readonly cases: string[];
}

/** The part of a response that the model predicts. */
export interface Outcome {
  /** The error code, or the status if there is no code. */
  readonly result: unknown;
  readonly body: { readonly [name: string]: unknown };
}

/** Calls an operation in process. */
export function call({ sandbox }: SandboxDriver, operationId: OperationId, parts: RequestParts): Outcome {
  const { method, path: template } = operations[operationId];
  const path = template.replace(/\{\w+\}/, parts.parameter ?? '');
  const response = sandbox.handle({
    method,
    path,
    target: route(method, path),
    query: [...new URLSearchParams(parts.query)],
    ...(parts.token !== undefined && { authorization: parts.token }),
    origin: 'http://sandbox.test',
    body: parts.body ? { kind: 'read', value: parts.body } : { kind: 'none' },
    transport: 'in-process',
  });
  const body = JSON.parse(`${response.body}`);
  return { result: body.error?.code ?? response.status, body };
}

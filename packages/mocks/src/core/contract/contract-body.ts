import * as examples from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { requests as requestSchemas, responses as responseSchemas } from '@partner-ecosystem/openapi/schemas';
import type { Derive } from '../seed/derive.ts';
import { generate } from './generate.ts';

/** Returns the contract's first example of a response, or a body that is generated from the schema. */
export function contractBody(operationId: OperationId, status: number, derive: Derive): unknown {
  const byStatus: { readonly [status: string]: object | undefined } = examples.responses[operationId] ?? {};
  const [example] = Object.values(byStatus[status] ?? {});
  if (example !== undefined) return structuredClone(example);
  const schema = responseSchemas[operationId][status];
  return schema && generate(schema, derive, `${operationId} ${status}`, 'everything');
}

/** Returns the contract's first example of a request, or a body that is generated from the schema. */
export function contractRequest(operationId: OperationId, derive: Derive): unknown {
  const byName: { readonly [Id in OperationId]?: object } = examples.requests;
  const [example] = Object.values(byName[operationId] ?? {});
  if (example !== undefined) return example;
  const schema = requestSchemas[operationId];
  return schema && generate(schema, derive, `${operationId} request`, 'everything');
}

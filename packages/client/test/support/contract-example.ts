import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requests, responses } from '@partner-ecosystem/openapi/examples';
import type { Operation, OperationId } from '@partner-ecosystem/openapi/operations';
import { fileBytes } from './example-input.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly example: unknown;
}

interface Contract {
  readonly paths: {
    readonly [path: string]: { readonly [method: string]: { parameters?: { $ref: string }[] } };
  };
  readonly components: { readonly parameters: { readonly [name: string]: Parameter } };
}

const contract: Contract = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve('@partner-ecosystem/openapi/openapi.json')), 'utf8'),
);

/** Parameters of an operation, with the contract's example of each. */
export function exampleParameters({ method, path }: Operation): Parameter[] {
  const references = contract.paths[path]?.[method.toLowerCase()]?.parameters ?? [];
  return references.flatMap(({ $ref }) => contract.components.parameters[$ref.split('/').at(-1) ?? ''] ?? []);
}

/** The contract's example of an operation's input. */
export function exampleInput(operation: Operation): Record<string, unknown> {
  const { operationId, requestType } = operation;
  if (requestType === undefined) {
    return Object.fromEntries(exampleParameters(operation).map(({ name, example }) => [name, example]));
  }
  const examples: { readonly [Id in OperationId]?: object } = requests;
  const body: Record<string, unknown> = { ...Object.values(examples[operationId] ?? {})[0] };
  return requestType === 'multipart/form-data' ? { ...body, file: new Blob([fileBytes]) } : body;
}

/** The contract's first example of a successful response. */
export function success(operationId: OperationId): { readonly body: unknown } {
  return { body: Object.values(responses[operationId][200])[0] };
}

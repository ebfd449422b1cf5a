import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requests } from '@partner-ecosystem/openapi/examples';
import type { Operation, OperationId } from '@partner-ecosystem/openapi/operations';
import type { OperationInput } from '../../src/index.ts';

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

/** The parameters of an operation, with the contract's example of each. */
export function exampleParameters({ method, path }: Operation): Parameter[] {
  const references = contract.paths[path]?.[method.toLowerCase()]?.parameters ?? [];
  return references.flatMap(({ $ref }) => contract.components.parameters[$ref.split('/').at(-1) ?? ''] ?? []);
}

/** The bytes that stand in for a file: all 256 values, so that a conversion to text would show. */
export const fileBytes: Uint8Array<ArrayBuffer> = Uint8Array.from({ length: 256 }, (_, byte) => byte);

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

export const merchant: OperationInput<'createMerchant'> = requests.createMerchant.customer;
export const pull: OperationInput<'pullMerchant'> = {
  merchantId: '6553f1000000000000000004',
  realmId: '6553e0000000000000000002',
};

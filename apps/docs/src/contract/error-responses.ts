import type { Evidence } from '@partner-ecosystem/openapi/evidence';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { resolve } from '../../../../openapi/generate/contract/contract.ts';
import { evidenceOf, mapValues, operationsOf } from '../../../../openapi/generate/contract/operations.ts';
import type { ErrorExample } from './client-reaction.ts';
import { contract, textOf } from './contract.ts';

/** An error response of the contract: its causes, its examples, and the operations that have it. */
export interface ErrorResponse {
  readonly status: string;
  readonly description: string;
  readonly evidence: Evidence;
  readonly operationIds: readonly OperationId[];
  readonly examples: readonly NamedExample[];
}

/** An example of an error, with its code if the body has one. */
export interface NamedExample extends ErrorExample {
  readonly summary: string;
  readonly code?: string;
}

/** The error responses of all operations. Operations that share a response are listed together. */
export function errorResponses(): ErrorResponse[] {
  const byReference = new Map<string, ErrorResponse>();
  for (const { path, method, operationId } of operationsOf(contract)) {
    const responses = contract.paths[path]?.[method]?.responses ?? {};
    for (const [status, reference] of Object.entries(responses).filter(([each]) => !each.startsWith('2'))) {
      const key = `${status} ${JSON.stringify(reference)}`;
      const { operationIds = [] } = byReference.get(key) ?? {};
      const response = resolve(contract, reference);
      byReference.set(key, {
        status,
        description: textOf(response, 'description'),
        evidence: evidenceOf(response),
        // The contract's build has checked that each operation has an id.
        operationIds: [...operationIds, operationId as OperationId],
        examples: Object.entries(response.content ?? {}).flatMap(([contentType, { examples = {} }]) =>
          Object.values(
            mapValues(examples, (each) => readExample(status, contentType, resolve(contract, each))),
          ),
        ),
      });
    }
  }
  return [...byReference.values()];
}

function readExample(status: string, contentType: string, example: { value: unknown }): NamedExample {
  const { error } = (example.value ?? {}) as { error?: { code?: unknown } };
  const known = error?.code;
  return {
    status: Number(status),
    contentType,
    body: example.value,
    summary: textOf(example, 'summary'),
    ...(typeof known === 'string' && { code: known }),
  };
}

import * as examples from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { responses, type Validator } from '@partner-ecosystem/openapi/validators';

type Examples = { readonly [Id in OperationId]: { readonly [status: string]: object | undefined } };

/**
 * A response with the members that the contract requires and the sandbox knows nothing of, as the contract's first
 * example has them: an integrator may have corrected the contract by some.
 */
export function completeFromExample(operationId: OperationId, status: number, body: unknown): unknown {
  const validators: { readonly [name: string]: Validator<unknown> | undefined } = responses[operationId];
  const validation = validators[`validate${status}`]?.(body);
  if (!validation || validation.ok) return body;
  const [example] = Object.values((examples.responses as Examples)[operationId][status] ?? {});
  return validation.violations
    .filter(({ keyword }) => keyword === 'required')
    .map(({ pointer }) => pointer.split('/').slice(1))
    .reduce((completed, path) => graft(completed, example, path), body);
}

/** Takes over what stands at a path of the source, where the target has everything above it. */
function graft(target: unknown, source: unknown, [name, ...below]: readonly string[]): unknown {
  if (name === undefined) return target ?? source;
  if (!isObject(target) || !isObject(source) || !Object.hasOwn(source, name)) return target;
  return { ...target, [name]: graft(target[name], source[name], below) };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

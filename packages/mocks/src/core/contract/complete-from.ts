import type { Violation } from '@partner-ecosystem/openapi/validators';
import { isObject } from '../json/is-object.ts';

/** A body with the members that it lacks by these violations, as a model of it has them. */
export function completeFrom(model: unknown, body: unknown, violations: readonly Violation[]): unknown {
  return violations
    .filter(({ keyword }) => keyword === 'required')
    .map(({ pointer }) => pointer.split('/').slice(1))
    .reduce((completed, path) => graft(completed, model, path), body);
}

/** Takes over what stands at a path of the source, where the target has everything above it. */
function graft(target: unknown, source: unknown, [name, ...below]: readonly string[]): unknown {
  if (name === undefined) return target ?? source;
  if (!isObject(target) || !isObject(source) || !Object.hasOwn(source, name)) return target;
  return { ...target, [name]: graft(target[name], source[name], below) };
}

import type { Contract, Evident, Schema } from '../contract/contract.ts';
import type { NamedOperation } from '../contract/operations.ts';
import { flattenSchema } from './validation-schemas.ts';

/**
 * The properties that every success of an operation has, according to a page of Signzy. A property that is only observed or
 * inferred is left out, because a real success may lack it.
 *
 * @returns `undefined` if a success is not an object, or if the object is only inferred.
 */
export function documentedResult(
  contract: Contract,
  { responses, success }: NamedOperation,
): readonly string[] | undefined {
  const { schema } = responses[success]?.['application/json'] ?? {};
  const full = schema && flattenSchema(contract, schema);
  if (full?.type !== 'object') return undefined;
  const { required = [], properties = {} } = full;
  // A property has the evidence of its object, unless it has its own.
  const evidenceOf = (part: Schema = {}) => (part as Partial<Evident>)['x-evidence'];
  const documented = Object.keys(properties).filter(
    (name) => (evidenceOf(properties[name]) ?? evidenceOf(full)) === 'documented',
  );
  if (evidenceOf(full) === 'inferred' && documented.length === 0) return undefined;
  if ((full as Partial<Evident>)['x-evidence-of']?.['required']) return [];
  return required.filter((name) => documented.includes(name));
}

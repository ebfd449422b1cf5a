import type { Contract, Schema } from '../contract/contract.ts';
import { operationsOf } from '../contract/operations.ts';
import { flattenSchema } from './validation-schemas.ts';

/** The names of all properties in the requests of the contract. */
export function requestNames(contract: Contract): readonly string[] {
  const names = new Set<string>();
  const collect = (schema: Schema) => {
    const { properties = {}, items } = flattenSchema(contract, schema);
    for (const [name, property] of Object.entries(properties)) {
      names.add(name);
      collect(property);
    }
    if (items) collect(items);
  };
  for (const { request } of operationsOf(contract)) if (request) collect(request.body.schema);
  return [...names];
}

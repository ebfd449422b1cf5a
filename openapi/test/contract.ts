import { readFileSync } from 'node:fs';
import type { Contract, Schema } from '../build/contract.ts';

/** The bundled contract, as every consumer gets it. */
export const contract: Contract = JSON.parse(
  readFileSync(new URL('../dist/openapi.json', import.meta.url), 'utf8'),
) as Contract;

/** Every schema below one, itself included, with the JSON pointer to it. References are not followed. */
export function* schemasBelow(
  schema: Schema,
  pointer: string,
): Generator<{ schema: Schema; pointer: string }> {
  yield { schema, pointer };
  for (const [name, member] of Object.entries(schema.properties ?? {}))
    yield* schemasBelow(member, `${pointer}/properties/${name}`);
  if (schema.items) yield* schemasBelow(schema.items, `${pointer}/items`);
  if (typeof schema.additionalProperties === 'object')
    yield* schemasBelow(schema.additionalProperties, `${pointer}/additionalProperties`);
}

/** Every schema of the contract's components and parameters. */
export function* allSchemas(): Generator<{ schema: Schema; pointer: string }> {
  for (const [name, schema] of Object.entries(contract.components.schemas))
    yield* schemasBelow(schema, `#/components/schemas/${name}`);
  for (const [name, parameter] of Object.entries(contract.components.parameters))
    yield* schemasBelow(parameter.schema, `#/components/parameters/${name}/schema`);
}

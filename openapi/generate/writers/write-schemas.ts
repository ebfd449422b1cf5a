import { type Contract, markings, type Schema } from '../contract/contract.ts';
import { mapBodies, mapValues } from '../contract/operations.ts';
import { bodyConstants, writeModule } from './write-module.ts';

/** Keywords that neither describe nor limit a value. */
const annotations = new Set(['description', 'title', 'example', 'examples', ...markings]);

/** Writes `schemas.js`: the schema of every body, for code that generates values from the contract. */
export async function writeSchemas(contract: Contract, dist: URL): Promise<void> {
  const components = {
    doc: 'Every component schema, by name.',
    type: '{ readonly [name: string]: BareSchema }',
    value: JSON.stringify(mapValues(contract.components.schemas, bareSchema)),
  };
  const bodies = mapBodies(contract, ({ schema }) => JSON.stringify(bareSchema(schema)));
  await writeModule(dist, 'schemas', {
    types: [
      `import type { EventName, OperationId } from './operations.d.ts';`,
      `import type { BareSchema } from './runtime/bare-schema.d.ts';`,
      'export type { BareSchema };',
    ],
    constants: { components, ...bodyConstants('The schema', 'BareSchema', bodies) },
  });
}

/**
 * Removes annotations from a schema, and adds the keywords that a value is expected to satisfy. A property that has the name
 * of an annotation stays.
 */
function bareSchema({ 'x-expected': expected, ...schema }: Schema): Schema {
  const kept = Object.entries({ ...schema, ...expected }).filter(([keyword]) => !annotations.has(keyword));
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, bareKeyword(keyword, value)]));
}

function bareKeyword(keyword: string, value: unknown): unknown {
  if (keyword === 'properties') return mapValues(value as Record<string, Schema>, bareSchema);
  if (Array.isArray(value)) return value.map((item) => (isSchema(item) ? bareSchema(item) : item));
  return isSchema(value) ? bareSchema(value) : value;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

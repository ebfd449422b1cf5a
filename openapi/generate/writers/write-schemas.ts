import type { Contract } from '../contract/contract.ts';
import { mapBodies, mapValues } from '../contract/operations.ts';
import { bareSchema } from '../schemas/bare-schema.ts';
import { bodyConstants, writeModule } from './write-module.ts';

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

import { type Contract, resolve } from '../contract/contract.ts';
import { mapBodies, mapValues } from '../contract/operations.ts';
import { typeOfSchema } from '../schemas/component-schemas.ts';
import { json, objectType, writeModule } from './write-module.ts';

/** Writes `examples.js`: every example of the contract, by operation or event, and by name. */
export async function writeExamples(contract: Contract, dist: URL): Promise<void> {
  const values = mapBodies(contract, ({ examples = {} }) =>
    mapValues(examples, (example) => resolve(contract, example).value),
  );
  const types = mapBodies(contract, ({ schema, examples = {} }) =>
    objectType(mapValues(examples, () => typeOfSchema(schema))),
  );
  await writeModule(dist, 'examples', {
    types: [`import type { components } from './schema.d.ts';`],
    constants: {
      requests: {
        doc: "Example bodies of each operation's request. Copy an example before you change it.",
        type: objectType(types.requests),
        value: json(values.requests),
      },
      responses: {
        doc: "Example bodies of each operation's responses, by status. Copy an example before you change it.",
        type: objectType(mapValues(types.responses, objectType)),
        value: json(values.responses),
      },
      webhooks: {
        doc: "Example bodies of each event's callback. Copy an example before you change it.",
        type: objectType(types.webhooks),
        value: json(values.webhooks),
      },
    },
  });
}

import type { Contract, Schema } from '../contract/contract.ts';
import { mapBodies, mapValues, parametersOf } from '../contract/operations.ts';
import { dependenciesFirst, schemaName } from '../schemas/component-schemas.ts';
import { parametersSchema } from '../schemas/validation-schemas.ts';
import { bodyConstants, objectCode, writeModule } from './write-module.ts';

/** Writes `classification.js`: the classification of every body and parameter, and `redact`, which masks values. */
export async function writeClassification(contract: Contract, dist: URL): Promise<void> {
  const bodies = mapBodies(contract, ({ schema }) => classify(schema));
  const parameters = mapValues(parametersOf(contract), (list) => classify(parametersSchema(list)));
  const schemas = dependenciesFirst(contract.components.schemas);
  await writeModule(dist, 'classification', {
    code: [
      `export { redact } from './runtime/redact.js';`,
      ...schemas.map(([name, schema]) => `const ${name} = ${classify(schema)};`),
    ],
    types: [
      `import type { EventName, OperationId } from './operations.d.ts';`,
      `import type { Classified } from './runtime/redact.d.ts';`,
      `export { redact, type Classified, type ClassifiedArray, type ClassifiedObject, type DataClassification } from './runtime/redact.js';`,
    ],
    constants: {
      ...bodyConstants('The classification', 'Classified', bodies),
      parameters: {
        doc: "The classification of each operation's path and query parameters, by name.",
        type: '{ readonly [Id in OperationId]?: Classified }',
        value: objectCode(parameters),
      },
    },
  });
}

/** The classification of a schema, as code. A reference becomes the name of a constant. */
function classify(schema: Schema): string {
  const name = schemaName(schema);
  if (name) return name;
  const { 'x-data-classification': classification, items, properties = {}, additionalProperties } = schema;
  if (classification) return JSON.stringify(classification);
  if (items) return `{ items: ${classify(items)} }`;
  return objectCode({
    properties: objectCode(mapValues(properties, classify)),
    ...(typeof additionalProperties === 'object' && { rest: classify(additionalProperties) }),
  });
}

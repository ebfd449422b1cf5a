import type { Contract, Schema } from '../contract/contract.ts';
import { mapOperations, mapValues, type NamedOperation } from '../contract/operations.ts';
import { dependenciesFirst, schemaName } from '../schemas/component-schemas.ts';
import { flattenSchema, parametersSchema } from '../schemas/validation-schemas.ts';
import { objectCode, writeModule } from './write-module.ts';

/** The validation keywords of a shape. The contract may use no other. */
const validation = new Set([
  'type',
  'enum',
  'pattern',
  'minLength',
  'minimum',
  'maximum',
  'required',
  'minProperties',
  'minItems',
  'maxItems',
  'uniqueItems',
]);
const annotation =
  /^(\$ref|properties|items|additionalProperties|description|examples|default|format|writeOnly|x-.+)$/;

/**
 * Writes `shapes.js`: the input and the result of each operation as schemas with nothing but validation keywords.
 * The constants refer to each other, so that a bundler keeps only those of the operations in use.
 */
export async function writeShapes(contract: Contract, dist: URL): Promise<void> {
  const schemas = Object.fromEntries(dependenciesFirst(contract.components.schemas));
  const components = mapValues(schemas, (schema) => ({ type: 'Shape', value: shapeOf(contract, schema) }));
  const operations = mapOperations(contract, (operation) => ({
    type: 'OperationShape',
    value: operationShape(contract, operation),
  }));
  await writeModule(dist, 'shapes', {
    types: [
      `import type { OperationId } from './operations.d.ts';`,
      `import type * as runtime from './runtime/shape.d.ts';`,
      `import type { Shape } from './runtime/shape.d.ts';`,
      'export type { Shape };',
      '/** The input and the result of an operation. */',
      'export type OperationShape = runtime.OperationShape<OperationId>;',
    ],
    constants: { ...components, ...operations },
  });
}

function operationShape(contract: Contract, operation: NamedOperation): string {
  const { operationId, request, parameters, responses } = operation;
  const success = responses[operation.success]?.['application/json'];
  if (!success) throw new Error(`${operationId} has no JSON body for a success. shapes.js needs one.`);
  return objectCode({
    operationId: JSON.stringify(operationId),
    input: shapeOf(contract, request?.body.schema ?? parametersSchema(parameters)),
    result: shapeOf(contract, success.schema),
  });
}

/** A schema without annotations, as code. A schema that is only a reference becomes the name of a constant. */
function shapeOf(contract: Contract, schema: Schema): string {
  const keywords = Object.keys(schema);
  const unknown = keywords.find((keyword) => !validation.has(keyword) && !annotation.test(keyword));
  if (unknown)
    throw new Error(
      `Shapes do not support the keyword ${unknown}. Add it here and to the guards that read shapes.`,
    );

  const name = schemaName(schema);
  if (name && !keywords.some((keyword) => validation.has(keyword))) return name;

  const { properties, items, additionalProperties, ...rest } = flattenSchema(contract, schema);
  const { 'x-extensible-enum': words, 'x-expected': expected } = rest;
  const constraints = Object.entries(rest).filter(([keyword]) => validation.has(keyword));
  const isLimited = additionalProperties !== undefined && additionalProperties !== true;
  return objectCode({
    ...Object.fromEntries(constraints.map(([keyword, value]) => [keyword, JSON.stringify(value)])),
    ...(properties && { properties: objectCode(mapValues(properties, (value) => shapeOf(contract, value))) }),
    ...(items && { items: shapeOf(contract, items) }),
    ...(words && { words: JSON.stringify(words) }),
    ...(expected && { expected: shapeOf(contract, expected) }),
    ...(isLimited && {
      additionalProperties:
        additionalProperties === false ? 'false' : shapeOf(contract, additionalProperties),
    }),
  });
}

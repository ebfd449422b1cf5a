import type { Contract, MediaType, Schema } from '../contract/contract.ts';
import { mapOperations, mapValues, type NamedOperation } from '../contract/operations.ts';
import { dependenciesFirst, schemaName } from '../schemas/component-schemas.ts';
import { usualProperties } from '../schemas/usual-properties.ts';
import {
  expectation,
  flattenSchema,
  isShown,
  parametersSchema,
  requestSchema,
  validationKeywords,
} from '../schemas/validation-schemas.ts';
import { objectCode, writeModule } from './write-module.ts';

/** The keywords that a shape leaves out, or that `shapeOf` handles separately. */
const annotation =
  /^(\$ref|properties|items|additionalProperties|description|examples|default|format|writeOnly|x-.+)$/;

/**
 * Writes `shapes.js`: the input, the result and the errors of each operation as schemas with nothing but validation keywords.
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
      '/** The input, the result and the errors of an operation. */',
      'export type OperationShape = runtime.OperationShape<OperationId>;',
    ],
    constants: { ...components, ...operations },
  });
}

function operationShape(contract: Contract, operation: NamedOperation): string {
  const { operationId, request, parameters, responses } = operation;
  const success = responses[operation.success]?.['application/json'];
  if (!success) throw new Error(`${operationId} has no JSON body for a success. shapes.js needs this body.`);
  const errors = Object.entries(responses).filter(([status]) => status !== operation.success);
  return objectCode({
    operationId: JSON.stringify(operationId),
    input: shapeOf(
      contract,
      requestSchema(contract, request ? request.body.schema : parametersSchema(parameters)),
    ),
    result: shapeOf(contract, success.schema),
    success: operation.success,
    errors: objectCode(mapValues(Object.fromEntries(errors), (content) => errorShape(contract, content))),
  });
}

/** The shape of an error's body. A body that can also be a page of a proxy has an empty shape. */
function errorShape(contract: Contract, content: Record<string, MediaType>): string {
  const { 'application/json': body, ...others } = content;
  return body && Object.keys(others).length === 0 ? shapeOf(contract, body.schema) : '{}';
}

/** A schema without annotations, as code. A schema that is only a reference becomes the name of a constant. */
function shapeOf(contract: Contract, schema: Schema): string {
  const keywords = Object.keys(schema);
  const unknown = keywords.find((keyword) => !validationKeywords.has(keyword) && !annotation.test(keyword));
  if (unknown)
    throw new Error(
      `Shapes do not support the keyword ${unknown}. Add the keyword to write-shapes.ts and to the guards.`,
    );

  const name = schemaName(schema);
  const isLimit = (keyword: string) => validationKeywords.has(keyword) || keyword === 'x-expected';
  if (name && !keywords.some(isLimit)) return name;

  const { properties, items, additionalProperties, ...rest } = flattenSchema(contract, schema);
  const words = rest['x-extensible-enum'];
  const expected = expectation({ ...rest, ...(properties && { properties }) });
  const usual = usualProperties(contract, schema);
  const constraints = Object.entries(rest).filter(([keyword]) => validationKeywords.has(keyword));
  const isLimited = additionalProperties !== undefined && additionalProperties !== true;
  return objectCode({
    ...Object.fromEntries(constraints.map(([keyword, value]) => [keyword, JSON.stringify(value)])),
    ...(properties && { properties: objectCode(mapValues(properties, (value) => shapeOf(contract, value))) }),
    ...(items && { items: shapeOf(contract, items) }),
    ...(words && { words: JSON.stringify(words), ...(isShown(rest) && { isShown: 'true' }) }),
    ...(usual.length > 0 && { usual: JSON.stringify(usual) }),
    ...(expected && { expected: shapeOf(contract, expected) }),
    ...(isLimited && {
      additionalProperties:
        additionalProperties === false ? 'false' : shapeOf(contract, additionalProperties),
    }),
  });
}

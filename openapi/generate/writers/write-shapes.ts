import { writeFile } from 'node:fs/promises';
import {
  type Contract,
  type NamedOperation,
  operationsOf,
  type Schema,
  schemaName,
} from '../contract/contract.ts';
import { dependenciesFirst } from '../schemas/dependencies-first.ts';
import { flatten } from '../schemas/vary-schema.ts';

/** The keywords that a shape has, and so all that the contract may validate with. */
const validating = new Set([
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
const annotating =
  /^(\$ref|properties|items|additionalProperties|description|examples|default|format|writeOnly|x-.+)$/;

/**
 * Writes `shapes.js`: the request and the success of each operation as schemas that have nothing but what validates.
 * They are constants that refer to each other, so a bundler keeps those of the operations that are used.
 */
export async function writeShapes(contract: Contract, dist: URL): Promise<void> {
  const schemas = dependenciesFirst(contract.components.schemas);
  const constants = schemas.map(([name, schema]) => `export const ${name} = ${shape(contract, schema)};`);
  const operations = operationsOf(contract);
  const exported = operations.map(
    (operation) => `export const ${operation.operationId} = ${describe(contract, operation)};`,
  );
  await Promise.all([
    writeFile(new URL('shapes.js', dist), [...constants, ...exported, ''].join('\n')),
    writeFile(
      new URL('shapes.d.ts', dist),
      `import type { OperationId } from './operations.d.ts';

/** A JSON Schema, as much of it as the contract validates with. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly properties?: { readonly [name: string]: Shape };
  /** \`false\`, or the shape of members that \`properties\` does not name. */
  readonly additionalProperties?: false | Shape;
  readonly items?: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
}

/** What an operation takes, its body or its parameters in one object, and what it answers with when it succeeds. */
export interface OperationShape {
  readonly operationId: OperationId;
  readonly input: Shape;
  readonly result: Shape;
}

${schemas.map(([name]) => `export declare const ${name}: Shape;`).join('\n')}
${operations.map(({ operationId }) => `export declare const ${operationId}: OperationShape;`).join('\n')}
`,
    ),
  ]);
}

function describe(
  contract: Contract,
  { operationId, request, parameters, responses }: NamedOperation,
): string {
  const success = responses.get('200')?.['application/json'];
  if (!success) throw new Error(`${operationId} has no JSON body for 200, which shapes.js is to describe.`);
  const input: Schema = request?.body.schema ?? {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
  return `{ operationId: '${operationId}', input: ${shape(contract, input)}, result: ${shape(contract, success.schema)} }`;
}

/** A schema without its annotations, as JavaScript; one that is a mere reference is the name of a constant. */
function shape(contract: Contract, schema: Schema): string {
  for (const keyword of Object.keys(schema))
    if (!validating.has(keyword) && !annotating.test(keyword))
      throw new Error(
        `Shapes do not know the keyword ${keyword}. Teach them, and the guards that read them.`,
      );

  const name = schemaName(schema);
  if (name && !Object.keys(schema).some((keyword) => validating.has(keyword))) return name;

  const { properties, items, additionalProperties, ...rest } = flatten(contract, schema);
  const members = Object.entries(rest)
    .filter(([keyword]) => validating.has(keyword))
    .map(([keyword, value]) => `${keyword}: ${JSON.stringify(value)}`);
  if (properties) members.push(`properties: { ${propertyList(contract, properties)} }`);
  if (items) members.push(`items: ${shape(contract, items)}`);
  if (additionalProperties !== undefined && additionalProperties !== true)
    members.push(
      `additionalProperties: ${additionalProperties === false ? 'false' : shape(contract, additionalProperties)}`,
    );
  return `{ ${members.join(', ')} }`;
}

function propertyList(contract: Contract, properties: Record<string, Schema>): string {
  const entries = Object.entries(properties);
  return entries.map(([name, schema]) => `${JSON.stringify(name)}: ${shape(contract, schema)}`).join(', ');
}

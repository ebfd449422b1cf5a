import { writeFile } from 'node:fs/promises';
import { type Contract, operationsOf, type Schema, webhooksOf } from '../contract/contract.ts';

/** What a schema says to people, or of where it is known from. A value is neither made nor held to it. */
const remarks: ReadonlySet<string> = new Set([
  'description',
  'title',
  'example',
  'examples',
  'x-data-classification',
  'x-sensitive-data',
  'x-evidence',
  'x-evidence-basis',
]);

/** Writes `schemas.js`: the bare schemas of every body, for what makes values from the contract instead of holding them to it. */
export async function writeSchemas(contract: Contract, dist: URL): Promise<void> {
  const operations = operationsOf(contract);
  const groups = {
    components: mapValues(contract.components.schemas, bare),
    requests: Object.fromEntries(
      operations.flatMap(({ operationId, request }) =>
        request ? [[operationId, bare(request.body.schema)]] : [],
      ),
    ),
    responses: Object.fromEntries(
      operations.map(({ operationId, responses }) => [
        operationId,
        Object.fromEntries(
          [...responses].flatMap(([status, content]) =>
            content['application/json'] ? [[status, bare(content['application/json'].schema)]] : [],
          ),
        ),
      ]),
    ),
    webhooks: Object.fromEntries(webhooksOf(contract).map(({ event, body }) => [event, bare(body.schema)])),
  };
  const exported = Object.entries(groups).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`,
  );
  await Promise.all([
    writeFile(new URL('schemas.js', dist), exported.join('')),
    writeFile(
      new URL('schemas.d.ts', dist),
      `import type { OperationId } from './operations.d.ts';

/** A JSON Schema of draft 2020-12, without its remarks. References are \`#/components/schemas/Name\`. */
export interface BareSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: BareSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | BareSchema;
  readonly items?: BareSchema;
  readonly enum?: readonly unknown[];
  readonly 'x-extensible-enum'?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** Every component schema, by name. */
export declare const components: { readonly [name: string]: BareSchema };
/** The schema of each operation's request body. */
export declare const requests: { readonly [Id in OperationId]?: BareSchema };
/** The schemas of each operation's response bodies, by status. */
export declare const responses: { readonly [Id in OperationId]: { readonly [status: string]: BareSchema } };
/** The schema of each event's callback. */
export declare const webhooks: { readonly [Event in ${Object.keys(groups.webhooks)
        .map((event) => `'${event}'`)
        .join(' | ')}]: BareSchema };
`,
    ),
  ]);
}

/** A schema without remarks, whose members' names are not taken for keywords. */
function bare(schema: Schema): Schema {
  const kept = Object.entries(schema).filter(([keyword]) => !remarks.has(keyword));
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, bareKeyword(keyword, value)]));
}

function bareKeyword(keyword: string, value: unknown): unknown {
  if (keyword === 'properties') return mapValues(value as Record<string, Schema>, bare);
  if (Array.isArray(value)) return value.map((item) => (isSchema(item) ? bare(item) : item));
  return isSchema(value) ? bare(value) : value;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapValues<Value, Result>(
  record: Record<string, Value>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

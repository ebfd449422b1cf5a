import { writeFile } from 'node:fs/promises';
import openapiTS, {
  astToString,
  type OpenAPI3,
  STRING,
  tsIntersection,
  tsLiteral,
  tsUnion,
} from 'openapi-typescript';
import ts from 'typescript';
import type { Contract, Schema } from '../contract/contract.ts';

/** Writes `schema.d.ts`: the types of every path, webhook and component. */
export async function writeSchemaTypes(contract: Contract, dist: URL): Promise<void> {
  // openapi-typescript has its own types for the same document.
  const expected = JSON.parse(JSON.stringify(contract), (_, value) => expectedWords(value)) as OpenAPI3;
  const types = await openapiTS(expected, {
    transform: (schema) => extensibleEnum((schema as Schema)['x-extensible-enum']),
  });
  const header = '/* Generated from the contract by `npm run build`. */\n\n';
  await writeFile(new URL('schema.d.ts', dist), header + astToString(types));
}

/**
 * Adds the words that are expected of a value. `validate` accepts any word. The types refuse a misspelt word, because
 * the file store treats an unknown lifetime as 30 seconds.
 */
function expectedWords(value: unknown): unknown {
  const { 'x-expected': expected } = Object(value) as Schema;
  return expected?.enum ? { ...(value as Schema), enum: expected.enum } : value;
}

/** The type `'known' | 'values' | (string & {})`: editors suggest the known values, and the compiler accepts any string. */
function extensibleEnum(values: readonly string[] | undefined): ts.TypeNode | undefined {
  if (!values) return undefined;
  const anyString = tsIntersection([STRING, ts.factory.createTypeLiteralNode([])]);
  return tsUnion([...values.map(tsLiteral), anyString]);
}

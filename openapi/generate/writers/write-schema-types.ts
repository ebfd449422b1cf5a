import { writeFile } from 'node:fs/promises';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import type { Contract, Schema } from '../contract/contract.ts';

/** Writes `schema.d.ts`: the types of every path, webhook and component. */
export async function writeSchemaTypes(contract: Contract, dist: URL): Promise<void> {
  // The same document, by another package's types of OpenAPI.
  const types = await openapiTS(structuredClone(contract) as unknown as OpenAPI3, {
    transform: (schema) => openWords((schema as Schema)['x-extensible-enum']),
  });
  const header = '/* Generated from the contract by `npm run build`. */\n\n';
  await writeFile(new URL('schema.d.ts', dist), header + astToString(types));
}

/** A growing list of words: an editor offers the known ones, and the compiler takes any. */
function openWords(words: string[] | undefined): ts.TypeNode | undefined {
  if (!words) return undefined;
  const known = words.map((word) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(word)));
  const any = ts.factory.createIntersectionTypeNode([
    ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
    ts.factory.createTypeLiteralNode([]),
  ]);
  return ts.factory.createUnionTypeNode([...known, any]);
}

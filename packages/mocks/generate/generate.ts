import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { parse } from 'yaml';
import { writePage } from './write-page.ts';
import { type Description, writeScenarioValidators, writeValidators } from './write-validators.ts';

const generated = new URL('../generated/', import.meta.url);
const description = parse(
  await readFile(new URL('../control-api/openapi.yaml', import.meta.url), 'utf8'),
) as Description;

await mkdir(generated, { recursive: true });
await writeTypes();
await writeValidators(description, generated);
await writeScenarioValidators(description, generated);
await writePage(generated);

async function writeTypes(): Promise<void> {
  // openapi-typescript changes its input and has its own type of the same document.
  const types = await openapiTS(structuredClone(description) as unknown as OpenAPI3, {
    // A request may omit a property that has a default.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  });
  const header = '/* Generated from control-api/openapi.yaml by `npm run build`. */\n\n';
  await writeFile(new URL('control-schema.d.ts', generated), header + astToString(types));
}

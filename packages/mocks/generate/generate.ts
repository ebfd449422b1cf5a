import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { rolldown } from 'rolldown';
import { parse } from 'yaml';
import { type Description, writeScenarioValidators, writeValidators } from './write-validators.ts';

const generated = new URL('../generated/', import.meta.url);
const page = new URL('../page/', import.meta.url);
const description = parse(
  await readFile(new URL('../control-api/openapi.yaml', import.meta.url), 'utf8'),
) as Description;

await mkdir(generated, { recursive: true });
await writeTypes();
await writeValidators(description, generated);
await writeScenarioValidators(description, generated);
await writePage();

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

/** Bundles the back-office page into `page-files.js`, which the control port serves. */
async function writePage(): Promise<void> {
  const bundle = await rolldown({ input: fileURLToPath(new URL('main.ts', page)), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'es', minify: true });
  const files = {
    '/': { type: 'text/html; charset=utf-8', body: await readFile(new URL('index.html', page), 'utf8') },
    '/page.css': { type: 'text/css; charset=utf-8', body: await readFile(new URL('page.css', page), 'utf8') },
    '/page.js': { type: 'text/javascript; charset=utf-8', body: output[0].code },
  };
  await writeFile(
    new URL('page-files.js', generated),
    `export const pageFiles = ${JSON.stringify(files)};\n`,
  );
  await copyFile(new URL('page-files.d.ts', import.meta.url), new URL('page-files.d.ts', generated));
}

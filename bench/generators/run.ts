import { mkdtempDisposable } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { recordResult } from '../measure/record-result.ts';
import { clientGenerators } from './client-generators.ts';
import { exampleValidators } from './example-validators.ts';
import { newman } from './newman.ts';
import { postman } from './postman.ts';
import { readers } from './readers.ts';
import type { ToolCheck } from './tool-check.ts';

const checks = [...clientGenerators, ...readers, postman, newman, ...exampleValidators];
const named = process.argv.slice(2);
const rows: string[][] = [];
for (const check of checks.filter(({ tool }) => named.length === 0 || named.includes(tool)))
  rows.push(await rowOf(check));
const table = markdownTable(['tool', 'version', 'checked', 'problems', 'note'], rows);
if (named.length > 0) console.log(table);
else await recordResult('generators', table);

async function rowOf({ tool, note = '', run }: ToolCheck): Promise<string[]> {
  // Inside this folder, so that generated code finds its imports.
  await using folder = await mkdtempDisposable(fileURLToPath(new URL('./generated-', import.meta.url)));
  const { checked, problems } = await run(folder.path);
  for (const problem of problems.slice(0, 20)) console.log(`${tool}: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  return [tool, versionOf(tool), checked, String(problems.length), note];
}

function versionOf(tool: string): string {
  const manifest: unknown = createRequire(import.meta.url)(
    fileURLToPath(new URL(`node_modules/${tool}/package.json`, import.meta.url)),
  );
  return String(Object(manifest).version);
}

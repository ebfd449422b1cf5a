import { execFile } from 'node:child_process';
import { mkdtempDisposable, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { recordResult } from '../measure/record-result.ts';

const contract = fileURLToPath(new URL('../../openapi/dist/openapi.json', import.meta.url));
const bin = fileURLToPath(new URL('../node_modules/.bin/', import.meta.url));
const run = promisify(execFile);

/** Other code generators, each with its command for our contract. */
const generators = [
  {
    name: '@hey-api/openapi-ts',
    command: (output: string) => ['openapi-ts', '--input', contract, '--output', output, '--no-log-file'],
  },
  {
    name: 'swagger-typescript-api',
    command: (output: string) => [
      'swagger-typescript-api',
      ...['generate', '--path', contract, '--output', output],
    ],
  },
];

// Inside this folder, so that the generated code finds its imports.
await using folder = await mkdtempDisposable(fileURLToPath(new URL('../generated-', import.meta.url)));
const rows: string[][] = [];
for (const [at, { name, command }] of generators.entries()) {
  const output = join(folder.path, String(at));
  const [program = '', ...args] = command(output);
  await run(join(bin, program), args, { maxBuffer: 64 * 1024 * 1024 });
  const files = (await readdir(output, { recursive: true })).filter((file) => file.endsWith('.ts'));
  if (files.length === 0) throw new Error(`${name} generated no TypeScript from the contract.`);
  const errors = await typeErrors(output);
  rows.push([name, String(files.length), String(errors.length)]);
  for (const error of errors.slice(0, 20)) console.log(`  ${error}`);
  if (errors.length > 0) process.exitCode = 1;
}
await recordResult('generators', markdownTable(['generator', 'files', 'type errors'], rows));

async function typeErrors(output: string): Promise<string[]> {
  const config = join(output, 'tsconfig.json');
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2024', 'dom', 'dom.iterable'],
    types: [],
  };
  await writeFile(config, JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  return run(join(bin, 'tsc'), ['-p', config]).then(
    () => [],
    ({ stdout }: { stdout: string }) => stdout.trim().split('\n'),
  );
}

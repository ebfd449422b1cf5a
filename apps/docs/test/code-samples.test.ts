import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';

const require = createRequire(import.meta.url);
const run = promisify(execFile);

interface Overlay {
  actions: { target: string; update: { 'x-codeSamples': { lang: string; source: string }[] } }[];
}

const overlay = await readFile(require.resolve('@partner-ecosystem/openapi/overlays/code-samples'), 'utf8');
const { actions } = parse(overlay) as Overlay;
const samples = actions.flatMap(({ update }) => update['x-codeSamples'].map(({ source }) => source));

test('every operation has a code sample, which the reference shows', async () => {
  const targets = actions.map(({ target }) => target);
  for (const { path, method } of Object.values(operations))
    expect(targets).toContain(`$.paths['${path}'].${method.toLowerCase()}`);
  const reference = await readFile(new URL('../dist/reference/index.html', import.meta.url), 'utf8');
  for (const source of samples) expect(reference).toContain(JSON.stringify(source).slice(1, -1));
});

test('the samples form one program that compiles and runs', async () => {
  const sandbox = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(() => sandbox.close());
  const { realm, administratorToken } = sandbox.sandbox.fixtures;
  const url = JSON.stringify(sandbox.url);
  const program = `
    import { createPartnerClient } from '@partner-ecosystem/client';
    const partner = createPartnerClient({
      goUrl: ${url}, backopsUrl: ${url}, persistUrl: ${url},
      credentials: { username: 'example-broker', password: 'Not-a-real-password-1' },
      administratorToken: ${JSON.stringify(administratorToken)},
    });
    const realmId = ${JSON.stringify(realm.id)};
    const flowId = ${JSON.stringify(realm.flows[0]?.id)};
    const callbackUrl = 'http://127.0.0.1:9/callbacks/not-a-real-token';
    ${samples.join('\n')}`;

  // The folder is inside this package, so that the program finds its imports.
  const folder = await mkdtemp(fileURLToPath(new URL('./samples-', import.meta.url)));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'program.ts');
  await writeFile(file, program);
  await writeFile(
    join(folder, 'tsconfig.json'),
    '{ "extends": "../../tsconfig.json", "compilerOptions": { "declaration": false }, "include": ["program.ts"] }',
  );
  const compiled = await run(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', folder]).catch(
    ({ stdout }: { stdout: string }) => ({ stdout }),
  );
  expect(compiled.stdout).toBe('');
  const { stdout } = await run(process.execPath, [file]);
  expect(stdout.trim().split('\n').at(-1)).toBe('pending');
});

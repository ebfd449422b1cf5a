import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../src/', import.meta.url));

/** Each program, the command that runs the program, and the tools that must be installed. */
const programs = [
  { file: 'operations.ts', command: process.execPath, needs: [] },
  { file: 'operations.sh', command: 'sh', needs: ['sh', 'curl'] },
  { file: 'operations.py', command: 'python3', needs: ['python3'] },
];

function isInstalled(tool: string): Promise<boolean> {
  return run('sh', ['-c', `command -v ${tool}`]).then(
    () => true,
    () => false,
  );
}

for (const { file, command, needs } of programs) {
  const found = await Promise.all(needs.map(isInstalled));
  if (found.includes(false)) console.warn(`Skipping ${file}: install ${needs.join(' and ')} to run it.`);

  test.skipIf(found.includes(false))(`${file} calls every operation, twice in a row`, async () => {
    const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
    onTestFinished(close);
    for (const attempt of [1, 2]) {
      sandbox.reset();
      const { realm, administratorToken } = sandbox.fixtures;
      const { stdout } = await run(command, [`${folder}${file}`, url, realm.id, realm.flows[0]?.id ?? ''], {
        env: { ...process.env, ADMINISTRATOR_TOKEN: administratorToken },
      });
      expect(stdout.trim().split('\n').at(-1), `run ${attempt}`).toBe('pending');
      const requests = sandbox.journal().filter((entry) => entry.kind === 'request');
      expect(new Set(requests.map(({ operation }) => operation))).toEqual(new Set(Object.keys(operations)));
      expect(requests.flatMap(({ violations }) => violations)).toEqual([]);
    }
    console.log(`${file}: ${Object.keys(operations).length} samples ran, twice`);
  });

  test(`${file} has a region for each operation, which contains the call`, async () => {
    const text = await readFile(`${folder}${file}`, 'utf8');
    for (const { operationId, path } of Object.values(operations)) {
      const [, region = ''] = text.split(`#region ${operationId}\n`);
      const sample = region.slice(0, region.indexOf(`#endregion ${operationId}\n`));
      const call = file.endsWith('.ts') ? `partner.${operationId}(` : path.replace(/\{.*/, '');
      expect(sample, operationId).toContain(call);
    }
  });
}

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../', import.meta.url));

/** A script, what runs it, and all that it needs. */
const languages = [
  { script: 'onboard.sh', program: 'sh', needs: ['sh', 'curl'] },
  { script: 'onboard.py', program: 'python3', needs: ['python3'] },
];

function isThere(tool: string): Promise<boolean> {
  return run('sh', ['-c', `command -v ${tool}`]).then(
    () => true,
    () => false,
  );
}

for (const { script, program, needs } of languages) {
  const missing: string[] = [];
  for (const tool of needs) if (!(await isThere(tool))) missing.push(tool);
  if (missing.length > 0) console.warn(`${script} is not run: there is no ${missing.join(', ')} here.`);

  test.skipIf(missing.length > 0)(
    `${script} goes the whole way, from a new partner to a decision that is called back and pulled`,
    async () => {
      const running = await startSandbox({ port: 0, controlPort: 0 });
      try {
        const addresses = [running.url, running.controlUrl, running.controlToken];
        const { stdout } = await run(program, [script, ...addresses], { cwd: folder, timeout: 90_000 });
        expect(stdout.split('\n')).toEqual([
          'submitted: pending',
          'called back: accept',
          'pulled: accept',
          '',
        ]);
        const { callbacks, merchants } = running.sandbox.snapshot();
        expect(Object.values(merchants).map(({ status }) => status)).toEqual(['accept']);
        expect(Object.values(callbacks).map(({ event }) => event)).toEqual(['pending', 'accept']);
      } finally {
        await running.close();
      }
    },
    100_000,
  );

  test(`${script} has 60 lines at most`, async () => {
    const lines = (await readFile(`${folder}${script}`, 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(60);
  });
}

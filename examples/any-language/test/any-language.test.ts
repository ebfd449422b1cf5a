import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../', import.meta.url));

/** Each script, the program that runs it, and the tools that must be installed. */
const languages = [
  { script: 'onboard.sh', program: 'sh', needs: ['sh', 'curl'] },
  { script: 'onboard.py', program: 'python3', needs: ['python3'] },
];

function isInstalled(tool: string): Promise<boolean> {
  return run('sh', ['-c', `command -v ${tool}`]).then(
    () => true,
    () => false,
  );
}

for (const { script, program, needs } of languages) {
  const missing: string[] = [];
  for (const tool of needs) if (!(await isInstalled(tool))) missing.push(tool);
  if (missing.length > 0) console.warn(`Skipping ${script}: install ${missing.join(' and ')} to run it.`);

  test.skipIf(missing.length > 0)(
    `${script} onboards a merchant, receives the decision and pulls it, twice in a row on one sandbox`,
    async () => {
      const running = await startSandbox({ port: 0, controlPort: 0 });
      try {
        for (const round of [1, 2]) {
          const addresses = [running.url, running.controlUrl, running.controlToken];
          const { stdout } = await run(program, [script, ...addresses], { cwd: folder, timeout: 240_000 });
          expect(stdout.split('\n')).toEqual([
            'submitted: pending',
            'callback: accept',
            'pulled: accept',
            '',
          ]);
          const { callbacks, merchants } = running.sandbox.snapshot();
          const [merchantId, ...earlier] = Object.keys(merchants).toReversed();
          expect(earlier).toHaveLength(round - 1);
          expect(Object.values(merchants).map(({ status }) => status)).not.toContain('pending');
          const ofMerchant = Object.values(callbacks).filter((each) => each.merchantId === merchantId);
          expect(ofMerchant.map(({ event }) => event)).toEqual(['pending', 'accept']);
        }
      } finally {
        await running.close();
      }
    },
    600_000,
  );

  test(`${script} has at most 60 lines`, async () => {
    const lines = (await readFile(`${folder}${script}`, 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(60);
  });
}

const containers = ['SandboxContainer.java', 'sandbox_container.py', 'sandbox-container.mjs'];

test.each(containers)('the sandbox starts with the arguments that %s gives its container', async (file) => {
  const text = await readFile(`${folder}${file}`, 'utf8');
  const given = [...text.matchAll(/["'](--[\w-]+=[^"']+)["']/g)].flatMap(([, argument]) => argument ?? []);
  expect(given).toContain('--partner=example-broker:Not-a-real-password-1');
  const command = fileURLToPath(import.meta.resolve('@partner-ecosystem/mocks/package.json')).replace(
    'package.json',
    'bin/partner-sandbox.js',
  );
  const ports = ['--port=0', '--control-port=0', '--json'];
  const controlToken = 'not-a-real-control-token';
  const environment = { ...process.env, SANDBOX_CONTROL_TOKEN: controlToken };
  const sandbox = spawn(process.execPath, [command, ...given, ...ports], { env: environment });
  try {
    const [line] = await once(sandbox.stdout, 'data');
    expect(JSON.parse(String(line))).toMatchObject({ controlToken });
    expect(text).toContain('SANDBOX_CONTROL_TOKEN');
  } finally {
    sandbox.kill();
  }
});

import { execFile } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const timeout = 600_000;
const run = promisify(execFile);
const module = new URL('../src/chromium.ts', import.meta.url).href;
const search = `import(${JSON.stringify(module)}).then(({ findChromium }) => findChromium()).then(console.log)`;

/** Searches in a separate process, because the result is cached. */
function searchWith(environment: NodeJS.ProcessEnv): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, ...environment };
  return run(process.execPath, ['--eval', search], { env });
}

test('findChromium uses CHROMIUM_PATH', { timeout }, async () => {
  const { stdout } = await searchWith({ CHROMIUM_PATH: process.execPath });
  expect(stdout.trim()).toBe(process.execPath);
});

test('findChromium rejects a CHROMIUM_PATH that does not run, and uses no other Chromium', {
  timeout,
}, async () => {
  await expect(searchWith({ CHROMIUM_PATH: '/nowhere/chromium' })).rejects.toMatchObject({
    stderr: expect.stringContaining('CHROMIUM_PATH names /nowhere/chromium, which does not run.'),
  });
});

test.skipIf(process.platform === 'darwin')(
  'findChromium says what to do if no Chromium can be installed',
  { timeout },
  async () => {
    await using empty = await mkdtempDisposable(join(tmpdir(), 'no-chromium-'));
    const nowhere = { PATH: empty.path, PLAYWRIGHT_BROWSERS_PATH: empty.path };
    const offline = { PLAYWRIGHT_DOWNLOAD_HOST: 'http://127.0.0.1:1', CHROMIUM_PATH: '' };
    await expect(searchWith({ ...nowhere, ...offline })).rejects.toMatchObject({
      stderr: expect.stringContaining('Install one, or set CHROMIUM_PATH.'),
    });
  },
);

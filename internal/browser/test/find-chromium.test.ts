import { execFile } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const module = new URL('../src/index.ts', import.meta.url).href;
const search = `import(${JSON.stringify(module)}).then(({ findChromium }) => findChromium()).then(console.log)`;

/** Searches in a process of its own, since what is found is remembered. */
function searchWith(environment: NodeJS.ProcessEnv): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, ...environment };
  return run(process.execPath, ['--eval', search], { env });
}

describe('findChromium', { timeout: 600_000 }, () => {
  it('takes what CHROMIUM_PATH names', async () => {
    const { stdout } = await searchWith({ CHROMIUM_PATH: process.execPath });
    expect(stdout.trim()).toBe(process.execPath);
  });

  it('refuses a CHROMIUM_PATH that does not run, and takes no other', async () => {
    await expect(searchWith({ CHROMIUM_PATH: '/nowhere/chromium' })).rejects.toMatchObject({
      stderr: expect.stringContaining('CHROMIUM_PATH names /nowhere/chromium, which does not run.'),
    });
  });

  it.skipIf(process.platform === 'darwin')('says what to do where none can be had', async () => {
    await using empty = await mkdtempDisposable(join(tmpdir(), 'no-chromium-'));
    const nowhere = { PATH: empty.path, PLAYWRIGHT_BROWSERS_PATH: empty.path };
    const offline = { PLAYWRIGHT_DOWNLOAD_HOST: 'http://127.0.0.1:1', CHROMIUM_PATH: '' };
    await expect(searchWith({ ...nowhere, ...offline })).rejects.toMatchObject({
      stderr: expect.stringContaining('Install one, or set CHROMIUM_PATH.'),
    });
  });
});

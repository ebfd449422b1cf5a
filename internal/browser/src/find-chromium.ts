import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const run = promisify(execFile);

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where a Chromium may be. */
const places: readonly string[] = [
  ...(process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name))),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  chromium.executablePath(),
];

/** Ways to get one, each tried where the one before it left none that runs. */
const installers: readonly (() => Promise<unknown>)[] = [
  () => run(process.execPath, [playwrightCli(), 'install', 'chromium'], { timeout: 300_000 }),
  async () => {
    if (process.getuid?.() !== 0) throw new Error('not root, so no package of Debian is installed');
    await run('apt-get', ['update']);
    // Test runs beside this one may be installing too.
    const waiting = ['-o', 'DPkg::Lock::Timeout=300'];
    await run('apt-get', [...waiting, 'install', '--yes', '--no-install-recommends', 'chromium'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
  },
];

let found: Promise<string> | undefined;

/**
 * The Chromium or Chrome of this machine: `CHROMIUM_PATH`, else one that is installed, else one that is installed now,
 * by Playwright or, for root, from Debian's packages. That can take minutes.
 *
 * @returns its path
 * @throws Error if `CHROMIUM_PATH` does not run, or if none can be had. A test that needs a page must then fail.
 */
export function findChromium(): Promise<string> {
  found ??= search();
  return found;
}

async function search(): Promise<string> {
  const asked = process.env['CHROMIUM_PATH'];
  if (asked) {
    if (await runs(asked)) return asked;
    throw new Error(`CHROMIUM_PATH names ${asked}, which does not run. Correct it, or unset it.`);
  }
  const faults: unknown[] = [];
  for (const install of [async () => {}, ...installers]) {
    await install().catch((fault: unknown) => faults.push(fault));
    for (const place of places) if (await runs(place)) return place;
  }
  throw new AggregateError(
    faults,
    'There is no Chromium here, and none could be installed. Install one, or set CHROMIUM_PATH.',
  );
}

/** Whether it starts at all: one that was downloaded may lack the system's libraries. */
function runs(executable: string): Promise<boolean> {
  return run(executable, ['--version'], { timeout: 60_000 }).then(
    () => true,
    () => false,
  );
}

function playwrightCli(): string {
  return fileURLToPath(new URL('./cli.js', import.meta.resolve('playwright-core')));
}

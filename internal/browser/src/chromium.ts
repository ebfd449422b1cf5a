import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Paths at which a Chromium may be installed. */
const candidates: readonly string[] = [
  ...(process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name))),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  chromium.executablePath(),
];

/** Ways to install Chromium. `search` tries them in this order, until a Chromium runs. */
const installers: readonly (() => Promise<unknown>)[] = [
  () => run(process.execPath, [playwrightCli(), 'install', 'chromium'], { timeout: 300_000 }),
  async () => {
    if (process.getuid?.() !== 0) throw new Error('Debian packages were not tried: they need root.');
    await run('apt-get', ['update']);
    // Another test run may be installing at the same time.
    const waitForLock = ['-o', 'DPkg::Lock::Timeout=300'];
    await run('apt-get', [...waitForLock, 'install', '--yes', '--no-install-recommends', 'chromium'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
  },
];

/** Chromium's own web pages for the address bar of each window. They took two fifths of a test's processor time. */
const addressBarPages = ['WebUIOmniboxPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxAimPopup'];

/** Features that Playwright switches off. Chromium reads only its last `--disable-features`: ours repeats Playwright's. */
const disabledByPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** Arguments that keep Chromium from loading its own pages and from sending its own requests. */
const quiet = [
  `--disable-features=${[...addressBarPages, ...disabledByPlaywright].join(',')}`,
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
];

let found: Promise<string> | undefined;

/**
 * Finds a Chromium or Chrome: the one that `CHROMIUM_PATH` names, or an installed one. If none runs, installs Chromium
 * with Playwright, or from Debian's packages if the process runs as root. An installation can take minutes.
 *
 * @returns The path of the executable.
 * @throws Error if `CHROMIUM_PATH` does not run, or if no Chromium can be installed. A test that needs a page must fail.
 */
export function findChromium(): Promise<string> {
  found ??= search();
  return found;
}

/**
 * Starts Chromium without a window, see {@link findChromium}. Close the browser, or declare it with `await using`.
 *
 * @example
 * ```ts
 * await using browser = await launchChromium();
 * const page = await browser.newPage();
 * ```
 */
export async function launchChromium(): Promise<Browser> {
  // Containers run as root, and Chromium cannot use its sandbox as root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: await findChromium(),
    args: [...quiet, ...sandbox],
    timeout: 240_000,
  });
}

async function search(): Promise<string> {
  const configured = process.env['CHROMIUM_PATH'];
  if (configured) {
    if (await runs(configured)) return configured;
    throw new Error(`CHROMIUM_PATH names ${configured}, which does not run. Correct it, or unset it.`);
  }
  const errors: unknown[] = [];
  for (const install of [async () => {}, ...installers]) {
    await install().catch((error: unknown) => errors.push(error));
    for (const candidate of candidates) if (await runs(candidate)) return candidate;
  }
  throw new AggregateError(
    errors,
    'No Chromium was found, and none could be installed. Install one, or set CHROMIUM_PATH.',
  );
}

/** Whether the executable starts: a downloaded Chromium may lack libraries of the system. */
function runs(executable: string): Promise<boolean> {
  return run(executable, ['--version'], { timeout: 60_000 }).then(
    () => true,
    () => false,
  );
}

function playwrightCli(): string {
  return fileURLToPath(new URL('./cli.js', import.meta.resolve('playwright-core')));
}

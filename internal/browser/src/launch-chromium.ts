import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

/** Keeps Chromium from sending requests of its own. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
];

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
    timeout: 120_000,
  });
}

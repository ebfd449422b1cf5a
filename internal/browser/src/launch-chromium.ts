import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

/** Quiet: nothing but what the test asks for goes out. */
const quiet = [
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ...['--no-first-run', '--disable-quic', '--disable-gpu'],
];

/**
 * Starts the Chromium of this machine, without a window; see {@link findChromium}. Close it when you are done, or hold
 * it with `await using`.
 *
 * @example
 * ```ts
 * await using browser = await launchChromium();
 * const page = await browser.newPage();
 * ```
 */
export async function launchChromium(): Promise<Browser> {
  // Chromium refuses to sandbox itself as root, as which containers run.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: await findChromium(),
    args: [...quiet, ...sandbox],
    timeout: 120_000,
  });
}

import { launchChromium } from '@partner-ecosystem/browser';
import { bundleModule } from '@partner-ecosystem/runtimes';
import type { Report } from './checked-runtime.ts';
import type { runChecks } from './run-checks.ts';

/** Runs the checks in a page of another origin than the provider's. */
export async function runInChromium(port: number): Promise<Report> {
  await using browser = await launchChromium();
  const page = await browser.newPage();
  let printed = '';
  page.on('console', (message) => {
    printed += `${message.text()}\n`;
  });
  await page.goto(`http://localhost:${port}/page`);
  await page.addScriptTag({
    type: 'module',
    content: await bundleModule(new URL('in-page.ts', import.meta.url)),
  });
  // A module runs some time after it was added.
  await page.waitForFunction(() => 'runChecks' in globalThis);
  const outcomes = await page.evaluate(
    (server) => (globalThis as unknown as { runChecks: typeof runChecks }).runChecks(server, 'Chromium'),
    `http://127.0.0.1:${port}`,
  );
  return { outcomes, printed };
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** Returns one line for each rule of axe that the page breaks, and one line if the page is wider than the window. */
export async function findPageProblems(page: Page): Promise<readonly string[]> {
  // The page's Content-Security-Policy blocks foreign scripts. Code from the debugger is exempt.
  const found: unknown = await page.evaluate(`(async () => {
    if (!globalThis.axe) { ${axe} }
    const { violations } = await axe.run({ rules: { 'target-size': { enabled: true } } });
    const problems = violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' '));
    if (document.documentElement.scrollWidth > innerWidth) problems.push('the page is wider than the window');
    return problems;
  })()`);
  // The script above returns lines.
  return found as readonly string[];
}

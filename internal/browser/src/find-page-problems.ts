import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** Returns what breaks a rule of axe, or makes the page wider than the window. One line each. */
export async function findPageProblems(page: Page): Promise<readonly string[]> {
  // The policy of the page blocks foreign scripts. Code from the debugger is exempt.
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

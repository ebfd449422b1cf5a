import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { launchChromium } from '@partner-ecosystem/browser';

/** A page of Chromium. */
export type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launchChromium>>['newPage']>>;

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A rule of WCAG 2.2 AA that an element of a page breaks. */
export interface AccessibilityFinding {
  readonly rule: string;
  readonly element: string;
}

/**
 * The browser lays out a section of the reference only near the window. Until then axe finds the section's links on top of
 * the links of the next section, in the same place.
 */
const everySectionLaidOut = '* { content-visibility: visible !important; }';

/** Checks what a page shows now. */
export async function findAccessibilityProblems(page: Page): Promise<AccessibilityFinding[]> {
  await page.addStyleTag({ content: everySectionLaidOut });
  // The page's policy forbids a script from elsewhere, but not what the browser itself evaluates.
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    // In the page, axe is a global variable.
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run({ runOnly: tags });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => ({ rule: id, element: html.slice(0, 200) })),
    );
  }, rules);
}

/** Collects the requests of a page to any origin but that of `url`, and refuses them. */
export async function refuseOtherOrigins(page: Page, url: string): Promise<string[]> {
  const { origin } = new URL(url);
  const refused: string[] = [];
  await page.route(
    (target) => target.origin !== origin && !['data:', 'blob:'].includes(target.protocol),
    (route) => {
      refused.push(route.request().url());
      return route.abort();
    },
  );
  return refused;
}

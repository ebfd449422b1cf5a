import type { launchChromium } from '@partner-ecosystem/browser';
import { referenceRoutes } from '../src/contract/reference-routes.ts';
import { findAccessibilityProblems, type Page, refuseOtherOrigins } from './page-checks.ts';
import { referenceHeading, waitForReference } from './wait-for-reference.ts';

type Browser = Awaited<ReturnType<typeof launchChromium>>;

/** A browser window of a reader. */
interface Window {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

export const windows: readonly Window[] = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440 },
  { colorScheme: 'light', width: 768 },
  { colorScheme: 'dark', width: 768 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
];

const siteTitle = 'Reference | Partner Ecosystem kit';
const maxLayoutShift = 0.1;
/** So long that it fails no correct page on a busy machine. */
const timeoutMs = 240_000;

/** Runs in each page before its own scripts. */
const recordLayoutShift = `
  globalThis.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) globalThis.layoutShift += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

/**
 * Opens each page in a window, and returns what is wrong, one line each.
 *
 * @param onChecked - Called after each page.
 */
export async function checkPages(
  browser: Browser,
  urls: readonly string[],
  window: Window,
  onChecked: () => void,
): Promise<string[]> {
  const { colorScheme, width } = window;
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
    // A colour between two others would be checked by chance.
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(timeoutMs);
  await context.addInitScript({ content: recordLayoutShift });
  const problems: string[] = [];
  for (const url of urls) {
    const page = await context.newPage();
    const found = await checkPage(page, url).catch((error: Error) => [error.message]);
    problems.push(
      ...found.map(
        (problem) => `${new URL(url).pathname}${new URL(url).hash} (${colorScheme}, ${width}): ${problem}`,
      ),
    );
    await page.close();
    onChecked();
  }
  await context.close();
  return problems;
}

async function checkPage(page: Page, url: string): Promise<string[]> {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  const refused = await refuseOtherOrigins(page, url);
  await page.goto(url);
  if (url.includes('/reference/')) problems.push(...(await checkReference(page)));
  const shift = await page.evaluate<number>('layoutShift');
  // The renderer builds the reference while the reader watches. The README names this limit.
  if (shift > maxLayoutShift && !url.includes('/reference/'))
    problems.push(`the layout shifts by ${shift.toFixed(3)}`);
  for (const { rule, element } of await findAccessibilityProblems(page)) problems.push(`${rule}: ${element}`);
  if (await page.evaluate('document.documentElement.scrollWidth > innerWidth'))
    problems.push('the page is too wide');
  return [...problems, ...refused.map((target) => `asks another origin: ${target}`)];
}

/** Checks that title and heading name the place, that links of the sidebar stay on the page, and that a sample is shown. */
async function checkReference(page: Page): Promise<string[]> {
  await waitForReference(page);
  const links = await page
    .locator('.menu-content a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  const problems = links
    .filter((link) => !/^(#\/|https:\/\/redocly\.com\/)/.test(link))
    .map((link) => `leaves the reference: ${link}`);
  const { hash } = new URL(page.url());
  const route = referenceRoutes().find((each) => each.hash === hash);
  if (route === undefined) return [...problems, 'is no route of the reference'];
  const { name, operationId } = route;
  // An address that the renderer does not know has a heading of its own.
  await referenceHeading(page, name).first().waitFor();
  const title = hash === '#/' ? siteTitle : `${name} | ${siteTitle}`;
  if ((await page.title()) !== title) problems.push(`the title is ${await page.title()}, not ${title}`);
  if (operationId === undefined) return problems;
  const samples = page
    .locator('.panel-request-samples')
    .filter({ hasText: new RegExp(`partner\\.${operationId}\\(`) });
  await samples.first().waitFor();
  return problems;
}

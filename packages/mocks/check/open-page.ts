import type { launchChromium } from '@partner-ecosystem/browser';
import type { Office } from './start-office.ts';

export type Browser = Awaited<ReturnType<typeof launchChromium>>;
export type Page = Awaited<ReturnType<Browser['newPage']>>;

/** The colours and the width, in pixels, of a browser window. */
export interface Window {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

/** The opened page of the back office, with its errors and the origins of its requests. */
export interface OpenedPage {
  readonly page: Page;
  /** Errors of the page's scripts, and refusals of its security policy. */
  readonly errors: readonly string[];
  /** The origins to which the page sent requests. */
  readonly origins: ReadonlySet<string>;
}

/** Long enough for a correct page on a busy machine. */
const timeoutMs = 240_000;

/**
 * Opens the back office.
 *
 * @param fragment - The part of the address after `#`. By default: the control token.
 * @param script - Runs before the scripts of the page.
 */
export async function openPage(
  browser: Browser,
  { running }: Office,
  { colorScheme, width }: Window = { colorScheme: 'light', width: 1280 },
  fragment: string = `token=${running.controlToken}`,
  script = '',
): Promise<OpenedPage> {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
    // Otherwise the check could find a colour in the middle of a transition.
    reducedMotion: 'reduce',
  });
  await context.addInitScript({ content: script });
  const page = await context.newPage();
  page.setDefaultTimeout(timeoutMs);
  const errors: string[] = [];
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  page.on('pageerror', (error) => errors.push(`${error}`));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${running.controlUrl}/#${fragment}`);
  return { page, errors, origins };
}

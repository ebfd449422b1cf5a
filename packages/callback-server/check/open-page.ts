import type { launchChromium } from '@partner-ecosystem/browser';

type Browser = Awaited<ReturnType<typeof launchChromium>>;
export type Page = Awaited<ReturnType<Browser['newPage']>>;

/** A window of the browser. */
export interface Window {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

/** A page of a window, and what went wrong in it. */
interface OpenedPage {
  readonly page: Page;
  /** Errors of the page's scripts, and refusals of its security policy. */
  readonly errors: readonly string[];
  /** The origins to which the page sent requests. */
  readonly origins: ReadonlySet<string>;
}

/** So long that it fails no correct page on a busy machine. */
const timeoutMs = 240_000;

export async function openPage(browser: Browser, { colorScheme, width }: Window): Promise<OpenedPage> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(timeoutMs);
  const errors: string[] = [];
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  page.on('pageerror', (error) => errors.push(`${error}`));
  page.on('console', (message) => {
    // The browser also reports each page with an error status, and some states are such pages.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  return { page, errors, origins };
}

import type { Page } from './page-checks.ts';

/** Waits until the reference has rendered: its search has loaded its index by then. */
export async function waitForReference(page: Page): Promise<void> {
  await page.locator('[data-testid="search-trigger"][role="button"]').waitFor({ state: 'attached' });
  await page.getByText('Loading...', { exact: true }).waitFor({ state: 'hidden' });
}

/** The heading of a place of the reference. The renderer puts a link into the heading. */
export function referenceHeading(page: Page, name: string) {
  return page.locator('h1, h2').filter({ hasText: name });
}

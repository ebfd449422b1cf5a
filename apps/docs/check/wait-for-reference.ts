import type { Page } from './page-checks.ts';

/** Waits until the reference has rendered: its search has loaded its index by then. */
export async function waitForReference(page: Page): Promise<void> {
  await page.locator('[data-testid="search-trigger"][role="button"]').waitFor({ state: 'attached' });
  await page.getByText('Loading...', { exact: true }).waitFor({ state: 'hidden' });
}

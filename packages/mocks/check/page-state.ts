import type { OfficeCases } from './fill-office.ts';
import type { Page } from './open-page.ts';

/** Something that the page can show. */
export interface PageState {
  readonly name: string;
  /** Leads to the state. Some states begin from the state before them in the list. */
  readonly reach: (page: Page, cases: OfficeCases) => Promise<void>;
}

/** Closes an open dialog or popover, and opens another view. */
export async function goTo(page: Page, path: string): Promise<void> {
  if (await page.locator('dialog[open], :popover-open').count()) await page.keyboard.press('Escape');
  await page.locator('dialog[open], :popover-open').waitFor({ state: 'hidden' });
  await page.evaluate(`location.hash = ${JSON.stringify(`#/${path}`)}`);
}

/** The button with this name. */
export const button = (page: Page, name: string): ReturnType<Page['getByRole']> =>
  page.getByRole('button', { name, exact: true });

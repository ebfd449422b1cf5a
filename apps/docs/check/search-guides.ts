import type { Page } from './page-checks.ts';

/** Searches the guides by keyboard alone. Resolves to the dialog once it shows the hits of the whole text. */
export async function searchGuides(page: Page, text: string) {
  await page.getByRole('button', { name: 'Search', disabled: false }).waitFor();
  await page.keyboard.press('Control+KeyK');
  const dialog = page.getByRole('dialog');
  await dialog.locator('input:focus').waitFor();
  await page.keyboard.type(text);
  // First the dialog shows the hits of a part of the text, and then replaces them.
  await dialog.getByText(new RegExp(`results? for ${text}$`)).waitFor();
  await dialog.getByRole('link').first().waitFor();
  return dialog;
}

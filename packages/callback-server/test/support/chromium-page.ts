import { launchChromium } from '@partner-ecosystem/browser';
import { afterAll, expect, onTestFinished } from 'vitest';

const browser = await launchChromium();
afterAll(() => browser.close());

/**
 * Opens an address in Chromium, until the end of the test. `focus` describes the element with the focus.
 *
 * @param script - Runs before the scripts of each page.
 */
export async function openInChromium(address: string, script = '') {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.addInitScript(script);
  page.setDefaultTimeout(240_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${error}`));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(address);
  const focus = () =>
    page.evaluate<string>(
      '(({ activeElement: at }) => (at.getAttribute("aria-label") ?? at.textContent).trim())(document)',
    );
  /** Waits for the script of the page, which handles the keys. */
  const shortcuts = () => page.getByRole('button', { name: 'Shortcuts' }).waitFor();
  /** Waits for a page with this heading, and for its script. */
  const heading = async (name: string) => {
    await page.getByRole('heading', { name, exact: true }).waitFor();
    await shortcuts();
  };
  /** Moves the focus forward until it is on an element with this name, as a person does. */
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 100 && (await focus()) !== name; presses++)
      await page.keyboard.press('Tab');
    expect(await focus()).toBe(name);
  };
  return { page, errors, focus, shortcuts, heading, tabTo, keyboard: page.keyboard };
}

import { expect, test } from 'vitest';
import { launchChromium } from '../src/chromium.ts';

// The first run may install Chromium.
test('Chromium runs a page as a browser does', { timeout: 600_000 }, async () => {
  await using browser = await launchChromium();
  const page = await browser.newPage();
  await page.setContent('<output></output>');
  await page.addScriptTag({ content: 'document.querySelector("output").textContent = typeof process' });
  expect(await page.textContent('output')).toBe('undefined');
});

import { type Browser, chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { findChromium, launchChromium } from '../src/chromium.ts';

// The first run may install Chromium.
test('Chromium runs the scripts of a page without the globals of Node', { timeout: 600_000 }, async () => {
  await using browser = await launchChromium();
  const page = await browser.newPage();
  await page.setContent('<output></output>');
  await page.addScriptTag({ content: 'document.querySelector("output").textContent = typeof process' });
  expect(await page.textContent('output')).toBe('undefined');
});

test('launchChromium switches off every feature that Playwright switches off', {
  timeout: 600_000,
}, async () => {
  const executablePath = await findChromium();
  await using own = await launchChromium();
  await using playwrights = await chromium.launch({
    executablePath,
    args: ['--no-sandbox'],
    timeout: 240_000,
  });
  const expected = await disabledFeatures(playwrights);
  expect(expected).toContain('HttpsUpgrades');
  expect(await disabledFeatures(own)).toEqual(expect.arrayContaining(expected));
});

/** The features in the last `--disable-features`, which is the only list that Chromium reads. */
async function disabledFeatures(browser: Browser): Promise<string[]> {
  const page = await browser.newPage();
  await page.goto('chrome://version');
  const commandLine = (await page.textContent('#command_line')) ?? '';
  return [...commandLine.matchAll(/--disable-features=(\S+)/g)].at(-1)?.[1]?.split(',') ?? [];
}

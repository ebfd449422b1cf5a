import { expect, test } from 'vitest';
import { launchChromium } from '../src/chromium.ts';
import { findPageProblems } from '../src/find-page-problems.ts';

const body = '<main><h1>Callbacks</h1><p>None yet.</p></main>';

const documentOf = (content: string) =>
  `<!doctype html><html lang="en"><head><title>Callbacks</title></head><body>${content}</body></html>`;

// The first run may install Chromium.
test('findPageProblems reports a page that some people cannot use, and reports no accessible page', {
  timeout: 600_000,
}, async () => {
  await using browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 400, height: 900 } });
  const problemsOf = async (content: string) => {
    await page.setContent(documentOf(content));
    return findPageProblems(page);
  };

  expect(await problemsOf(body)).toEqual([]);
  expect(await problemsOf(`${body}<main><button></button></main>`)).toContainEqual(
    expect.stringContaining('button-name'),
  );
  expect(await problemsOf(`<div style="width: 900px">${body}</div>`)).toContain(
    'the page is wider than the window',
  );
});

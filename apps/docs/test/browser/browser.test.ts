import { launchChromium } from '@partner-ecosystem/browser';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { findAccessibilityProblems, refuseOtherOrigins } from '../../check/page-checks.ts';
import { waitForReference } from '../../check/wait-for-reference.ts';
import { operationRoute } from '../../src/reference/reference-routes.ts';
import { serveDocs } from '../../src/serve-docs.ts';

// `npm run check:site` checks every page. These are a few pages of each kind.
const docs = await serveDocs({ port: 0 });
const browser = await launchChromium();
afterAll(async () => {
  await browser.close();
  await docs.close();
});

async function openPage(path: string, options: Parameters<typeof browser.newContext>[0] = {}) {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
  onTestFinished(() => context.close());
  // A busy machine can be ten times slower.
  context.setDefaultTimeout(240_000);
  const page = await context.newPage();
  const refused = await refuseOtherOrigins(page, docs.url);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(docs.url + path);
  if (path.startsWith('/reference/')) await waitForReference(page);
  return { page, refused, errors };
}

const createMerchant = `/reference/${operationRoute('createMerchant')}`;

test.each([
  ['/', 'light', 390],
  ['/errors/', 'dark', 1440],
  [createMerchant, 'light', 1440],
  [`/reference/${operationRoute('pushMerchant')}`, 'dark', 1440],
] as const)('%s asks no other host, and breaks no rule of WCAG 2.2 AA', async (path, colorScheme, width) => {
  const viewport = { width, height: 900 };
  const { page, refused, errors } = await openPage(path, { colorScheme, viewport });
  expect(await findAccessibilityProblems(page)).toEqual([]);
  expect(refused).toEqual([]);
  expect(errors).toEqual([]);
});

test('the reference shows a sample in each language, and classifications in words', async () => {
  const { page } = await openPage(createMerchant);
  const sample = page.locator('.panel-request-samples').filter({ hasText: 'createMerchant' }).first();
  for (const [shown, language, code] of [
    ['TypeScript', 'curl', '$GO_URL/api/distributors/createMerchant'],
    ['curl', 'Python', 'merchant = json.load'],
  ] as const) {
    await sample.getByRole('button', { name: shown, exact: true }).click();
    await page.getByRole('menuitem', { name: language }).click();
    await expect.poll(() => sample.innerText()).toContain(code);
  }
  const text = await page.locator('body').innerText();
  expect(text).toContain('PII, confidential: never log');
  expect(text).not.toContain('"sensitivity"');
});

test('the reference names the operation in its title, and leads back to the guides', async () => {
  const { page } = await openPage(createMerchant);
  await expect.poll(() => page.title()).toBe('Create a merchant | Reference | Partner Ecosystem kit');
  await page.getByRole('link', { name: 'Partner Ecosystem kit' }).click();
  await page.waitForURL(`${docs.url}/`);
});

test("the reference's sidebar stays on the page in a new tab, and its search works by keyboard", async () => {
  const { page } = await openPage('/reference/');
  const links = page.locator('.menu-content a:not([href^="https:"])');
  const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(targets.length).toBeGreaterThan(4);
  for (const target of targets) expect(target).toMatch(/^#\//);

  await page.locator('[data-testid="search-trigger"]').focus();
  await page.keyboard.press('Enter');
  const input = page.getByRole('textbox', { name: 'Search the reference' });
  await input.pressSequentially('signzyAppId');
  await expect.poll(() => page.locator('body').innerText()).toMatch(/Create a merchant[\s\S]*signzyAppId/);
});

test('a guide loads its search only when a reader opens the search', async () => {
  const { page } = await openPage('/');
  const search: string[] = [];
  page.on('request', (request) => request.url().includes('/ui-core.') && search.push(request.url()));
  await page.reload();
  // Starlight begins when the page is idle.
  await page.evaluate('new Promise((resolve) => requestIdleCallback(resolve))');
  await page.waitForLoadState('networkidle');
  expect(search).toEqual([]);
  await page.getByRole('button', { name: 'Search', disabled: false }).click();
  await page.getByRole('dialog').locator('input:focus').waitFor();
  expect(search).toHaveLength(1);
});

test('the search of the guides finds a page by keyboard alone', async () => {
  const { page } = await openPage('/');
  await page.getByRole('button', { name: 'Search', disabled: false }).waitFor();
  await page.keyboard.press('Control+KeyK');
  const dialog = page.getByRole('dialog');
  await dialog.locator('input:focus').waitFor();
  await page.keyboard.type('duplicate callback');
  // Until the whole text was searched for, the links of a part of the text are replaced.
  await dialog.getByText(/results? for duplicate callback$/).waitFor();
  await dialog.getByRole('link').first().waitFor();
  const focused = page.locator(':focus');
  while ((await focused.getAttribute('href')) === null) await page.keyboard.press('Tab');
  const target = await focused.getAttribute('href');
  expect(target).toMatch(/^\/(callbacks|testing)\//);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${docs.url}${target}`);
});

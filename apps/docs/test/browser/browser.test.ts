import { fileURLToPath } from 'node:url';
import { launchChromium } from '@partner-ecosystem/browser';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { findAccessibilityProblems, type Page, refuseOtherOrigins } from '../../check/page-checks.ts';
import { searchGuides } from '../../check/search-guides.ts';
import { referenceHeading, waitForReference } from '../../check/wait-for-reference.ts';
import { operationRoute } from '../../src/contract/reference-routes.ts';
import { serveDocs } from '../../src/serve-docs.ts';
import { serveSite } from '../../src/serve-site.ts';
import { site } from '../../src/site.ts';

// `npm run check:site` checks every page. These are a few pages of each kind.
const docs = await serveDocs({ port: 0 });
const browser = await launchChromium();
afterAll(async () => {
  await browser.close();
  await docs.close();
});

async function openPage(
  path: string,
  options: Parameters<typeof browser.newContext>[0] = {},
  origin = docs.url,
) {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
  onTestFinished(() => context.close());
  // A busy machine can be ten times slower.
  context.setDefaultTimeout(240_000);
  const page = await context.newPage();
  const refused = await refuseOtherOrigins(page, origin);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(origin + path);
  if (path.includes('/reference/')) await waitForReference(page);
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
  expect(text).toMatch(/Kind of data:\s*PII, confidential: never log/);
  expect(text).toMatch(/Evidence:\s*documented/);
  expect(text).not.toMatch(/"sensitivity"|data-classification|evidence-basis/);
});

test.each([390, 1440])('at %i px, the reference names the operation in its title', async (width) => {
  const { page } = await openPage(createMerchant, { viewport: { width, height: 900 } });
  await expect.poll(() => page.title()).toBe('Create a merchant | Reference | Partner Ecosystem kit');
});

test('the reference leads back to the guides', async () => {
  const { page } = await openPage(createMerchant);
  await page.getByRole('link', { name: 'Partner Ecosystem kit' }).click();
  await page.waitForURL(`${docs.url}/`);
});

test("the reference's sidebar stays on the page in a new tab, and its search works by keyboard", async () => {
  const { page } = await openPage('/reference/');
  const links = page.locator('.menu-content a:not([href^="https:"])');
  const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(targets.length).toBeGreaterThan(4);
  for (const target of targets) expect(target).toMatch(/^#\//);

  await searchByKeyboard(page, 'signzyAppId');
  await expect.poll(() => page.locator('body').innerText()).toMatch(/Create a merchant[\s\S]*signzyAppId/);
});

async function searchByKeyboard(page: Page, text: string) {
  await page.locator('[data-testid="search-trigger"]:visible').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Search the reference' }).pressSequentially(text);
  await page.locator('mark, span', { hasText: text }).first().waitFor();
}

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
] as const)(
  'in the reference, hits of the search break no rule of WCAG 2.2 AA: %s, %i',
  async (colorScheme, width) => {
    const viewport = { width, height: 900 };
    const { page } = await openPage('/reference/', { colorScheme, viewport });
    if (width === 390) await page.getByRole('button', { name: 'Open navigation menu' }).click();
    await searchByKeyboard(page, 'signzyAppId');
    expect(await findAccessibilityProblems(page)).toEqual([]);
  },
);

test.each(['light', 'dark'] as const)(
  'in the reference, unfolded properties and each response break no rule of WCAG 2.2 AA: %s',
  async (colorScheme) => {
    const { page } = await openPage(createMerchant, { colorScheme });
    const folded = page.getByRole('button', { name: /^\+\s*Show/ });
    expect(await folded.count()).toBeGreaterThan(0);
    while ((await folded.count()) > 0) await folded.first().click();
    await page.getByRole('tab', { name: '422' }).first().click();
    expect(await findAccessibilityProblems(page)).toEqual([]);
  },
);

test('below a path of its origin, the reference opens an operation, and leads back', async () => {
  const below = await serveSite({ folder: fileURLToPath(site), base: '/kit/', port: 0 });
  onTestFinished(() => below.close());
  const { page } = await openPage(`/kit${createMerchant}`, {}, below.url);
  await expect.poll(() => page.title()).toBe('Create a merchant | Reference | Partner Ecosystem kit');
  await page.locator('.menu-content').getByRole('link', { name: 'Callbacks' }).click();
  await expect.poll(() => page.url()).toBe(`${below.url}/kit/reference/#/callbacks`);
  expect(await page.locator('.kit-header a').evaluateAll((all) => all.map((link) => link.href))).toContain(
    `${below.url}/kit/operations/`,
  );
});

test('on a phone, a link into the reference leaves the header in sight, above the heading', async () => {
  const viewport = { width: 390, height: 900 };
  const { page } = await openPage(createMerchant, { viewport });
  const home = page.getByRole('link', { name: 'Partner Ecosystem kit' });
  const heading = referenceHeading(page, 'Create a merchant');
  await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(viewport.height);
  const header = await page.locator('.kit-header').boundingBox();
  expect((await home.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  expect(header?.height).toBeLessThanOrEqual(48);
  expect((await heading.boundingBox())?.y).toBeGreaterThanOrEqual(header?.height ?? 0);
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
  await searchGuides(page, 'duplicate callback');
  const focused = page.locator(':focus');
  while ((await focused.getAttribute('href')) === null) await page.keyboard.press('Tab');
  const target = await focused.getAttribute('href');
  expect(target).toMatch(/^\/(callbacks|testing)\//);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${docs.url}${target}`);
});

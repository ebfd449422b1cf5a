import { launchChromium } from '@partner-ecosystem/browser';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { openPage, type Page } from '../../check/open-page.ts';
import { type Office, startOffice } from '../../check/start-office.ts';

const browser = await launchChromium();
afterAll(() => browser.close());

let office: Office;
let page: Page;

beforeEach(async () => {
  office = await startOffice();
});
afterEach(async () => {
  await page.context().close();
  await office.close();
});

/** Opens the queue with pending cases of these references, and returns their ids. */
async function openQueue(...references: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const reference of references) ids.push(await office.submit(reference));
  ({ page } = await openPage(browser, office));
  await page.getByText(/^[\d,]+ cases?$/).waitFor();
  return ids;
}

const dialog = () => page.getByRole('dialog');
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const backOffice = () => office.running.sandbox.backOffice;
const statuses = (ids: readonly string[]) => ids.map((id) => backOffice().find(id)?.status);
const closed = () => dialog().waitFor({ state: 'detached' });

async function goTo(path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(`#/default/${path}`)}`);
}

/** Holds each decision back until the returned function is called. */
async function holdDecisions() {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/decision', async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

/** Begins to accept all cases, and waits until the first decision is on its way. */
async function beginBulk() {
  const release = await holdDecisions();
  await page.getByLabel('Mark all shown').check();
  await button(/^Accept… 3 cases/).click();
  await dialog().getByRole('button', { name: 'Accept' }).click();
  await dialog().getByText('1 of 3…').waitFor();
  return release;
}

const references = ['EXAMPLE-0001', 'EXAMPLE-0002', 'EXAMPLE-0003'];

test.each([
  ['Escape', () => page.keyboard.press('Escape')],
  ['two presses of Escape', () => page.keyboard.press('Escape').then(() => page.keyboard.press('Escape'))],
  ['the button Stop', () => button('Stop').click()],
  ['a change of the address', () => goTo('cases?search=EXAMPLE')],
])('%s ends a bulk decision after the case in flight, and the progress stays until then', async (_, stop) => {
  const ids = await openQueue(...references);
  const release = await beginBulk();
  await stop();
  await page.locator('dialog[open]').getByText('1 of 3…').waitFor();
  await page.keyboard.press('r');
  expect(await dialog().count()).toBe(1);
  release();
  await page.getByText('Accepted: 1 case. You stopped: 2 cases stayed as before.').waitFor();
  await closed();
  expect(statuses(ids)).toEqual(['accept', 'pending', 'pending']);
});

test('leaving the cases ends a bulk decision after the present case', async () => {
  const ids = await openQueue(...references);
  const release = await beginBulk();
  await goTo('faults');
  await page.getByText('No faults.').waitFor();
  release();
  await page.getByText('Accepted: 1 case. You stopped: 2 cases stayed as before.').waitFor();
  expect(statuses(ids)).toEqual(['accept', 'pending', 'pending']);
});

test('the cases are not loaded again while decisions about them are taken', async () => {
  await openQueue(...references);
  const release = Promise.withResolvers<void>();
  let count = 0;
  await page.route('**/decision', async (route) => {
    count++;
    if (count > 1) await release.promise;
    await route.continue();
  });
  await page.getByLabel('Mark all shown').check();
  await button(/^Accept… 3 cases/).click();
  await dialog().getByRole('button', { name: 'Accept' }).click();
  await dialog().getByText('2 of 3…').waitFor();
  const loads: string[] = [];
  page.on('request', (request) => request.url().includes('/merchants?') && loads.push(request.url()));
  // The second heartbeat begins after the page has shown the first.
  for (let beat = 0; beat < 2; beat++) await page.waitForResponse('**/clock');
  expect(loads).toEqual([]);
  release.resolve();
  await page.getByText('Accepted: 3 cases.').waitFor();
  await expect.poll(() => loads.length).toBeGreaterThan(0);
});

test('a key decides the case on screen when a search hides the marked cases', async () => {
  const ids = await openQueue(...references);
  await page.getByLabel('Mark EXAMPLE-0001').check();
  await page.getByLabel('Mark EXAMPLE-0002').check();
  await page.getByRole('searchbox').fill('0003');
  await page.getByText('1 of 3 cases').waitFor();
  await page.getByRole('link', { name: /EXAMPLE-0003/ }).click();
  await page.getByRole('heading', { name: 'EXAMPLE-0003' }).waitFor();
  await page.keyboard.press('a');
  await dialog().getByText('Accept: EXAMPLE-0003').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Accepted: EXAMPLE-0003.').waitFor();
  expect(statuses(ids)).toEqual(['pending', 'pending', 'accept']);
  await goTo('cases');
  await page.getByText('3 cases').waitFor();
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
});

test('in a narrow window that hides the marks, a key and a button decide the case on screen', async () => {
  const ids = await openQueue(...references);
  await page.getByLabel('Mark EXAMPLE-0001').check();
  await goTo(`cases/${ids[2]}`);
  await page.getByRole('group', { name: 'Decide' }).getByRole('button', { name: 'Accept…' }).click();
  await dialog().getByText('Accept: EXAMPLE-0003').waitFor();
  await page.keyboard.press('Escape');
  await closed();
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole('link', { name: '← Queue' }).waitFor();
  await page.keyboard.press('a');
  await dialog().getByText('Accept: EXAMPLE-0003').waitFor();
});

test('the dialog of a decision about many cases names the first cases, and counts the others', async () => {
  await openQueue('A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6', 'A-7');
  await page.getByLabel('Mark all shown').check();
  await button(/^Accept… 7 cases/).click();
  await dialog().getByText('A-1, A-2, A-3, A-4, A-5 and 2 more').waitFor();
});

test('the dialog says that its case has changed, offers no decision, and keeps the focus', async () => {
  const [id = ''] = await openQueue('EXAMPLE-0001');
  await goTo(`cases/${id}`);
  await button('Accept…').click();
  await dialog().getByText('The case is pending').waitFor();
  backOffice().reject(id);
  await dialog().getByText('The case has changed since you looked at it. It is now rejected.').waitFor();
  expect(await dialog().getByText('The case is pending').count()).toBe(0);
  expect(await dialog().getByRole('button').allTextContents()).toEqual(['Close, and look again']);
  await expect.poll(() => page.locator('dialog button:focus').count()).toBe(1);
});

test('after a refused decision, the button that remains has the focus', async () => {
  const [id] = await openQueue('EXAMPLE-0001');
  await goTo(`cases/${id}`);
  await button('Accept…').click();
  await page.route('**/decision', (route) => route.fulfill({ status: 409, json: { detail: 'Changed.' } }));
  await button('Accept').press('Enter');
  await dialog().getByText('Changed.').waitFor();
  await expect
    .poll(() => page.locator('dialog button:focus').allTextContents())
    .toEqual(['Close, and look again']);
});

test('a change of the address closes a dialog', async () => {
  const ids = await openQueue('EXAMPLE-0001', 'EXAMPLE-0002');
  await goTo(`cases/${ids[0]}`);
  await page.getByRole('heading', { name: 'EXAMPLE-0001' }).waitFor();
  await goTo(`cases/${ids[1]}`);
  await page.getByRole('heading', { name: 'EXAMPLE-0002' }).waitFor();
  await page.keyboard.press('a');
  await dialog().waitFor();
  await page.goBack();
  await closed();
  await page.getByRole('heading', { name: 'EXAMPLE-0001' }).waitFor();
  await page.keyboard.press('?');
  await dialog().waitFor();
  await page.goBack();
  await closed();
});

test('the dialog says that the sandbox cannot be reached, until the sandbox is back', async () => {
  const [id = ''] = await openQueue('EXAMPLE-0001');
  await goTo(`cases/${id}`);
  await button('Accept…').click();
  const places = ['**/decision', '**/clock'];
  for (const place of places) await page.route(place, (route) => route.abort());
  await button('Accept').click();
  const problem = dialog().getByText('The sandbox cannot be reached, and confirmed no decision.');
  await problem.waitFor();
  expect(await page.getByText('Failed to fetch').count()).toBe(0);
  await page.getByText('The sandbox does not respond.').waitFor();
  for (const place of places) await page.unroute(place);
  await problem.waitFor({ state: 'detached' });
  await button('Accept').click();
  await page.getByText('Accepted: EXAMPLE-0001.').waitFor();
  expect(statuses([id])).toEqual(['accept']);
});

test('the message that the sandbox cannot be reached disappears when the sandbox is back', async () => {
  await openQueue('EXAMPLE-0001');
  await goTo('faults');
  await page.getByText('No faults.').waitFor();
  for (const place of ['**/faults', '**/clock']) await page.route(place, (route) => route.abort());
  await button('Add the fault').click();
  const toast = page.getByText('The sandbox cannot be reached. Start it again, then try again.');
  await toast.waitFor();
  await page.getByText('The sandbox does not respond.').waitFor();
  for (const place of ['**/faults', '**/clock']) await page.unroute(place);
  await toast.waitFor({ state: 'detached' });
});

test('the dialog mentions another callback only if the partner has a URL for that callback', async () => {
  const [own = ''] = await openQueue('EXAMPLE-0001');
  await goTo(`cases/${own}`);
  await button('Accept…').click();
  await dialog().getByText('There is no undo. A reversal posts another callback.').waitFor();
  await page.keyboard.press('Escape');
  await closed();
  const { sandbox } = office.running.sandboxes.create({}, 'bare');
  const [sample] = sandbox.backOffice.addSampleCases(1);
  await page.evaluate(`location.hash = '#/bare/cases/${sample}'`);
  await page.getByRole('heading', { name: 'SAMPLE-0001' }).waitFor();
  await button('Accept…').click();
  await dialog().getByText('The partner has no URL for the accept callback').waitFor();
  await dialog().getByText('There is no undo.', { exact: true }).waitFor();
});

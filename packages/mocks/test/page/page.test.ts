import { launchChromium } from '@partner-ecosystem/browser';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Browser, type OpenedPage, openPage, type Window } from '../../check/open-page.ts';
import { type Office, startOffice } from '../../check/start-office.ts';

let browser: Browser;
let office: Office;
let opened: OpenedPage;
let merchantId: string;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  office = await startOffice();
  merchantId = await office.submit('EXAMPLE-0001');
  await office.running.sandbox.callbacks.drain();
});
afterEach(async () => {
  await opened?.page.context().close();
  await office.close();
});

async function open(fragment?: string, window?: Window) {
  opened = await openPage(browser, office, window, fragment);
  return opened.page;
}

/** Opens a view of the default sandbox as a person who is signed in. */
async function openView(path: string) {
  const page = await open();
  await page
    .getByText(/^\d+ cases?$|No cases yet/)
    .first()
    .waitFor();
  await page.evaluate(`location.hash = ${JSON.stringify(`#/default/${path}`)}`);
  return page;
}

function button(name: string | RegExp) {
  return opened.page.getByRole('button', { name, exact: true });
}

const statusOf = (id: string) => office.running.sandbox.backOffice.find(id)?.status;

test('the address that another start printed signs in, also in a tab that is open', async () => {
  const page = await open('token=the-token-of-an-earlier-start');
  await page.getByText('This is not the control token of this sandbox.').waitFor();
  const { controlToken } = office.running;
  await page.evaluate(`location.hash = 'token=${controlToken}'`);
  await page.getByText('EXAMPLE-0001').waitFor();
  expect(page.url()).not.toContain(controlToken);
});

test('the page loads nothing from elsewhere, hides the token, and cannot be framed', async () => {
  const page = await open();
  await page.getByText('EXAMPLE-0001').waitFor();
  const { controlUrl, controlToken } = office.running;
  expect([...opened.origins]).toEqual([controlUrl]);
  expect(page.url()).not.toContain(controlToken);
  const { headers } = await fetch(controlUrl);
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(opened.errors).toEqual([]);
});

test('a decision about a case that has changed is refused, and says so', async () => {
  const page = await openView(`cases/${merchantId}`);
  await button('Accept…').click();
  await page.getByText('The partner gets the accept callback at http://127.0.0.1').waitFor();
  await page.route('**/clock', () => {}); // Never responds: the page does not notice the change by itself.
  office.running.sandbox.backOffice.reject(merchantId);
  await button('Accept').click();
  await page.getByText('The case has changed since you looked at it.').waitFor();
  expect(statusOf(merchantId)).toBe('reject');
});

test('a person reveals one masked value, and all other values stay masked', async () => {
  const page = await openView(`cases/${merchantId}`);
  await button('Reveal name').waitFor();
  expect(await page.content()).not.toMatch(/Asha Example|asha@/);
  await button('Reveal name').click();
  await page.getByText('Asha Example').waitFor();
  expect(await page.content()).not.toContain('asha@');
  await button('Mask name').click();
  await button('Reveal name').waitFor();
  expect(await page.content()).not.toContain('Asha Example');
});

test('markup in data is shown as text', async () => {
  const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const id = await office.submit('<b>EXAMPLE-0002</b>', markup);
  const page = await openView(`cases/${id}`);
  await page.getByRole('heading', { name: '<b>EXAMPLE-0002</b>' }).waitFor();
  await button('Reveal name').click();
  await page.getByText(markup).waitFor();
  expect(await page.title()).toContain('back office');
  expect(opened.errors).toEqual([]);
});

test('marked cases are decided together, and a case of another status stays as it is', async () => {
  const other = await office.submit('EXAMPLE-0002');
  const fresh = await office.create('EXAMPLE-0003');
  const page = await openView('cases');
  await page.getByText('3 cases').waitFor();
  await page.getByLabel('Mark all shown').check();
  await button(/^Ask for more… 3 cases/).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 marked case will stay').waitFor();
  await dialog.getByLabel('Instructions for the merchant').fill('Send the back of the card.');
  await dialog.getByRole('button', { name: 'Ask for more' }).click();
  await page.getByText('Sent back: 2 cases.').waitFor();
  expect([merchantId, other, fresh].map(statusOf)).toEqual(['draft', 'draft', 'new']);
});

test('a fault has a field for each parameter, can be removed, and the removal undone', async () => {
  const { faults } = office.running.sandbox;
  const page = await openView('faults');
  await page.getByLabel('Where').selectOption('operation pullMerchant');
  await page.getByLabel('What').selectOption('latency-uniform');
  await page.getByLabel('From').fill('1ms');
  await page.getByLabel('To', { exact: true }).fill('2ms');
  await page.getByLabel('Probability').fill('0.5');
  await button('Add the fault').click();
  await button('Remove latency-uniform on pullMerchant').click();
  await page.getByText('No faults.').waitFor();
  await page.locator('.toast').filter({ hasText: 'Removed' }).getByRole('button', { name: 'Undo' }).click();
  await button('Remove latency-uniform on pullMerchant').waitFor();
  expect(faults.list()).toMatchObject([
    { operation: 'pullMerchant', kind: 'latency-uniform', from: '1ms', to: '2ms', rate: 0.5, times: 1 },
  ]);
});

test('a request shows its headers and bodies masked, and its copy for curl is masked too', async () => {
  const page = await openView('journal?search=createMerchant');
  await page.evaluate('navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }');
  await page.getByRole('link', { name: /POST \/api\/distributors\/createMerchant.*EXAMPLE-0001/ }).click();
  await button('Copy as curl the masked request').click();
  await page.getByText('Copied the masked request.').waitFor();
  const copied = await page.evaluate<string>('copied');
  expect(copied).toContain(`curl -X POST '${office.running.url}/api/distributors/createMerchant'`);
  expect(copied).toContain("-H 'authorization: [header]'");
  expect(await page.content()).not.toMatch(/Asha Example/);
  await button('Reveal email').first().click();
  await page.getByText('@example.com').first().waitFor();
  expect(await page.content()).not.toMatch(/Asha Example/);
});

test('a callback shows its attempts, and can be posted again', async () => {
  const page = await openView('callbacks');
  await page.getByRole('link', { name: /EXAMPLE-0001.*pending.*delivered/ }).click();
  await page.getByText(/took \d+ ms/).waitFor();
  await button('Post again').click();
  await page.getByText('Posted the pending callback again.').waitFor();
  expect(office.receiver.received).toHaveLength(2);
});

test('the page moves the clock, creates, forks and resets a sandbox, and names a deleted sandbox', async () => {
  const { sandboxes, sandbox } = office.running;
  const page = await openView('sandbox');
  const before = sandbox.clock.now();
  await page.getByTitle('The clock of the sandbox').click();
  await button('Move the clock forward by 14 days').click();
  await page.getByText('The clock moved forward by 14 days.').waitFor();
  expect(sandbox.clock.now() - before).toBeGreaterThanOrEqual(14 * 86_400_000);
  await page.keyboard.press('Escape');
  await button('Fork default').click();
  await button('Delete sandbox-1').waitFor();
  await page.getByLabel('Id', { exact: true }).fill('mine');
  await button('Create').last().click();
  await page.getByRole('heading', { name: 'Sandbox mine', exact: true }).waitFor();
  await page.getByLabel('Sample cases').fill('2');
  await button('Create').first().click();
  await page.getByText('Created 2 sample cases.').waitFor();
  expect(sandboxes.get('mine')?.backOffice.cases()).toHaveLength(2);
  await page.keyboard.press('5');
  await button('Reset…').click();
  await button('Reset').click();
  await page.getByText('The sandbox has its initial state.').waitFor();
  expect(sandboxes.get('mine')?.backOffice.cases()).toEqual([]);
  sandboxes.delete('mine');
  await page.getByText('The sandbox mine does not exist.').waitFor();
  await page.getByRole('link', { name: 'default' }).click();
  await page.getByText('EXAMPLE-0001').waitFor();
});

test('a scenario that the page saved can be loaded', async () => {
  const { sandbox } = office.running;
  const page = await openView('sandbox');
  const download = page.waitForEvent('download');
  await button('Save a scenario').click();
  const path = await (await download).path();
  sandbox.reset();
  await page.getByLabel('Load a scenario').setInputFiles(path);
  await page.getByRole('dialog').getByRole('button', { name: 'Load' }).click();
  await page.getByText(/^Loaded/).waitFor();
  expect(statusOf(merchantId)).toBe('pending');
});

test('the page asks for the token, reports a wrong token, and then shows what the link names', async () => {
  const page = await open(`/default/cases/${merchantId}`);
  await page.getByLabel('Control token').fill('not-the-token');
  await button('Open the back office').click();
  await page.getByText('not the control token of this sandbox').waitFor();
  expect(await page.content()).not.toContain('EXAMPLE-0001');
  await page.getByLabel('Control token').fill(office.running.controlToken);
  await button('Open the back office').click();
  await page.getByRole('heading', { name: 'EXAMPLE-0001' }).waitFor();
});

test('new cases appear automatically', async () => {
  const page = await openView('cases');
  await office.submit('EXAMPLE-0003');
  await page.getByRole('link', { name: /EXAMPLE-0003/ }).waitFor();
});

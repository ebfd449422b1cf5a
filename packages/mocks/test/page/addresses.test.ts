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

async function openAt(address: string, width = 1280): Promise<void> {
  ({ page } = await openPage(browser, office, { colorScheme: 'light', width }));
  await page.getByRole('navigation').waitFor();
  await page.evaluate(`location.hash = ${JSON.stringify(`#/${address}`)}`);
}

test.each([
  ['default/journal?kind=foo', 'kind=foo', 'Journal'],
  ['default/cases?status=zzz', 'status=zzz', 'Cases'],
  ['default/cases?toString=zzz', 'toString=zzz', 'Cases'],
  ['default/callbacks?stattus=failed', 'stattus=failed', 'Callbacks'],
  ['default/nope', 'nope', 'Cases'],
  ['default/cases/%ZZ', '%ZZ', 'Cases'],
  ['d.e/faults', 'd.e', 'Faults'],
  ['default/faults/x/y', 'y', 'Faults'],
])(
  'the page says what it does not know in the address %s, and what it shows',
  async (address, part, view) => {
    await office.submit('EXAMPLE-0001');
    await openAt(address);
    const notice = `does not know: ${part}. Shown without them: ${view} of the sandbox default.`;
    await page.getByText(notice).waitFor();
    await page.locator('nav [aria-current=page]').getByText(view).waitFor();
    if (view === 'Cases') await page.getByRole('button', { name: 'All 1', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Correct the address' }).click();
    await page.getByText(notice).waitFor({ state: 'detached' });
    expect(page.url()).not.toContain(part);
  },
);

test('a filter that the page knows brings no notice', async () => {
  await openAt('default/journal?kind=move&response=client+error&search=x%26y');
  await page.getByText('No entry matches.').waitFor();
  expect(await page.getByText('does not know').count()).toBe(0);
  expect(await page.getByLabel('Kind').inputValue()).toBe('move');
});

test('a case with a blank reference has its id as its name', async () => {
  const id = await office.submit('\u3000\u200b ');
  await openAt('default/cases');
  await page.getByRole('link', { name: id }).click();
  await page.getByRole('heading', { name: id }).waitFor();
});

test('a very long reference is shortened where it is a name, and stands in full in the title', async () => {
  const reference = 'long reference '.repeat(300).trim();
  const id = await office.submit(reference);
  await openAt(`default/cases/${id}`, 390);
  const heading = page.getByRole('heading', { name: 'long reference' });
  await heading.waitFor();
  expect((await heading.boundingBox())?.height).toBeLessThan(200);
  expect(await heading.getByTitle(reference).count()).toBe(1);
  await page.getByRole('button', { name: 'Accept…' }).click();
  const title = page.getByRole('dialog').getByRole('heading');
  expect((await title.boundingBox())?.height).toBeLessThan(200);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const move = office.running.sandbox.journal().findLast(({ kind }) => kind === 'move');
  await page.evaluate(`location.hash = '#/default/journal/${move?.id}'`);
  const link = page.getByRole('link', { name: 'long reference' }).last();
  await link.waitFor();
  expect((await link.boundingBox())?.height).toBeLessThan(200);
});

test('a long sandbox id fits into the header of the page, also on a phone', async () => {
  const id = 'x'.repeat(64);
  office.running.sandboxes.create({}, id);
  await openAt(`${id}/cases`, 390);
  const badge = page.getByTitle(`sandbox ${id}`);
  await badge.waitFor();
  expect((await badge.boundingBox())?.height).toBeLessThan(40);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
});

/** The command that a button copies. */
async function copied(name: string): Promise<string> {
  await page.evaluate('navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }');
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByText('Copied the masked request.').waitFor();
  return page.evaluate<string>('copied');
}

test.each(['{"name":"Asha Example"}', '{"name":'])(
  'the copy for curl of %s has no header of its connection',
  async (body) => {
    const headers = { 'content-type': 'application/json', 'x-own': '1' };
    await fetch(`${office.running.url}/api/distributors/createMerchant`, { method: 'POST', headers, body });
    const [entry] = office.running.sandbox.requests({ operation: 'createMerchant' }).slice(-1);
    await openAt(`default/journal/${entry?.id}`);
    const command = await copied('Copy as curl the masked request');
    expect(command).toContain("-H 'content-type: application/json'");
    expect(command).toContain("-H 'x-own: [header]'");
    expect(command).not.toMatch(/-H '(content-length|connection|host|accept-encoding|keep-alive|sec-)/i);
  },
);

test.each([
  ['not JSON', '{', 'wrong.json holds no scenario'],
  ['a list', '[]', 'wrong.json holds no scenario'],
  ['null', 'null', 'wrong.json holds no scenario'],
])('a file with %s is refused by name, and the page asks for no confirmation', async (_, text, problem) => {
  await openAt('default/sandbox');
  const file = { name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.getByLabel('Load a scenario').setInputFiles(file);
  await page.getByText(problem).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('a file without a scenario is refused, and the message names the file', async () => {
  await openAt('default/sandbox');
  const file = { name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') };
  await page.getByLabel('Load a scenario').setInputFiles(file);
  await page.getByRole('dialog').getByRole('button', { name: 'Load' }).click();
  await page.getByText('wrong.json was not loaded.').waitFor();
});

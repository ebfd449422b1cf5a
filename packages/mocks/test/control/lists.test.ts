import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Control, createControl } from '../../src/control-client.ts';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import {
  ApiSession,
  createMerchant,
  flowId,
  pendingMerchant,
  readyPartner,
  realmId,
} from '../support/journey.ts';

let running: RunningSandbox;
let control: Control;
let merchants: readonly string[];

beforeAll(async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  control = createControl({ url: running.controlUrl, token: running.controlToken });
  const { sandbox } = running;
  const api = new ApiSession(sandbox.fetch);
  const { token, distributorId } = await readyPartner(api, sandbox.fixtures.administratorToken);
  const callbacks = { pending: 'http://127.0.0.1:9/' };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  const created = [await createMerchant(api, token), await createMerchant(api, token)];
  merchants = [...created, await pendingMerchant(api, token), await pendingMerchant(api, token)];
  for (const id of ['one', 'two']) running.sandboxes.create({}, id);
});
afterAll(() => running.close());

/** Follows the links of a list to its end, as a client does. */
async function followLinks(path: string): Promise<{ ids: string[]; totals: string[]; parts: number }> {
  const headers = { authorization: `Bearer ${running.controlToken}` };
  const ids: string[] = [];
  const totals: string[] = [];
  let parts = 0;
  for (let url: URL | undefined = new URL(path, running.controlUrl); url; parts++) {
    const response: Response = await fetch(url, { headers });
    ids.push(...((await response.json()) as { id: string }[]).map(({ id }) => id));
    totals.push(response.headers.get('sandbox-total') ?? '');
    const [, next] = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '') ?? [];
    url = next === undefined ? undefined : new URL(next, url);
  }
  return { ids, totals, parts };
}

test.each([
  ['/merchants?limit=3', () => merchants],
  ['/merchants?limit=2&order=newest', () => merchants.toReversed()],
  ['/merchants?limit=1&status=pending', () => merchants.slice(2)],
  ['/callbacks?limit=1', () => running.sandbox.callbacks.all().map(({ id }) => id)],
  ['/sandboxes?limit=2', () => ['default', 'one', 'two']],
])('the links of %s lead through every selected row once', async (path, expected) => {
  const { ids, totals, parts } = await followLinks(path);
  expect(ids).toEqual(expected());
  expect(parts).toBeGreaterThan(1);
  expect(new Set(totals)).toEqual(new Set([`${expected().length}`]));
});

test.each([
  ['/merchants?status=accept', 0],
  ['/merchants?search=no-such-reference', 0],
  ['/merchants?distributorId=6553e0000000000000000009', 0],
  ['/merchants?flowId=6553e0000000000000000009', 0],
  ['/callbacks?status=delivered', 0],
  ['/sandboxes?search=wo', 1],
])('%s selects %d rows', async (path, count) => {
  expect((await followLinks(path)).ids).toHaveLength(count);
});

test('a case is found by a part of its id, and by a part of the partner’s reference in any case', async () => {
  const [first = ''] = merchants;
  const reference = `${running.sandbox.backOffice.find(first)?.customer.signzyAppId}`;
  expect((await followLinks(`/merchants?search=${first.slice(3, 22)}`)).ids).toContain(first);
  expect((await followLinks(`/merchants?search=${reference.toUpperCase()}`)).ids).toEqual(merchants);
});

test('a list continues after a row that the filter does not select any more', async () => {
  const [, , third = '', fourth] = merchants;
  const list = (after: string) =>
    control.sandbox().GET('/merchants', { params: { query: { status: 'pending', after } } });
  running.sandbox.backOffice.askForMore(third);
  expect((await list(third)).data?.map(({ id }) => id)).toEqual([fourth]);
  const { error } = await list('6553e0000000000000000009');
  expect(error).toMatchObject({ status: 400, detail: expect.stringContaining('without `after`') });
});

test('a query with a name twice is refused with its name', async () => {
  const headers = { authorization: `Bearer ${running.controlToken}` };
  const response = await fetch(`${running.controlUrl}/merchants?status=new&status=pending`, { headers });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('The query has \\"status\\" more than once.');
});

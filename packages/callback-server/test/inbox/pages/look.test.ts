import { expect, onTestFinished, test, vi } from 'vitest';
import { createBrowser } from '../../support/browser.ts';
import { callback, token } from '../../support/callbacks.ts';
import { eventually } from '../../support/eventually.ts';
import { idsIn, textOf } from '../../support/inbox-pages.ts';
import { startServer } from '../../support/running-server.ts';

/** The texts that must never be seen without a reveal. */
const canaries = ['Asha Canary', 'canary@example.com', 'CANARY-BRANCH', '7700900123', '/al/'];
const personal = {
  name: 'Asha Canary',
  email: 'canary@example.com',
  mobile: '7700900123',
  'branch code': 'CANARY-BRANCH',
  eventStatus: 'Asha Canary',
  actionTime: 'Asha Canary',
};

const paths = ['', '/callbacks', '/routes', '/merchants', '/drift', '/audit', '/settings'];

/** A server that everybody at this machine may use, and a browser. */
async function startOpen(...given: Parameters<typeof startServer>) {
  const running = await startServer(...given);
  return { ...running, browser: createBrowser(running.adminUrl) };
}

test('the admin port leads to the inbox, whose pages work without a script', async () => {
  const { browser } = await startOpen();
  const root = await browser.get('/');
  expect([root.status, root.headers.location]).toEqual([302, '/inbox']);
  for (const path of paths) {
    const page = await browser.get(`/inbox${path}`);
    expect([path, page.status, page.headers['content-type']]).toEqual([
      path,
      200,
      'text/html; charset=UTF-8',
    ]);
    expect(page.text.match(/<h1>/g)).toHaveLength(1);
    expect(page.text).toMatch(/^<!doctype html><html lang="en">/);
    expect(page.text).not.toMatch(
      / style=|<style|<script(?! type="module" src="\/inbox\/\w+\.js"><)| on\w+=/,
    );
  }
  expect((await browser.get('/inbox/unknown')).status).toBe(404);
  expect((await browser.get('/inbox/callbacks/unknown')).status).toBe(404);
});

test('style sheets and scripts come from the inbox, and are not sent again if they are the same', async () => {
  const { browser } = await startOpen();
  const { text } = await browser.get('/inbox');
  const files = [...text.matchAll(/(?:href|src)="(\/inbox\/\w+\.(?:css|js))"/g)].map(([, file = '']) => file);
  expect(files).toHaveLength(5);
  for (const file of files) {
    const { status, headers } = await browser.get(file);
    expect([status, headers['content-type']]).toEqual([
      200,
      expect.stringMatching(/^text\/(css|javascript)/),
    ]);
    expect((await browser.get(file, { 'if-none-match': headers.etag ?? '' })).status).toBe(304);
  }
});

test('a list filters by every field, and refuses fields and words that it does not know', async () => {
  const { browser, post } = await startOpen();
  await post('pending', callback('pending', { id: 'one', signzyAppId: 'case-1' }));
  await post('accept', callback('accept', { id: 'two', signzyAppId: 'case-2', subStatus: 'parked' }));
  const count = async (query: string) => idsIn(await browser.get(`/inbox/callbacks?${query}`)).length;
  for (const [query, expected] of [
    ['', 2],
    ['merchantId=one', 1],
    ['signzyAppId=case-2', 1],
    ['event=accept', 1],
    ['verdict=drift', 1],
    ['confirmation=quarantined', 0],
    ['state=dead', 0],
    ['state=missing&route=handler', 2],
    ['receivedFrom=2026-01-01T00:00', 2],
    ['receivedUntil=2026-01-01T00:00:00.5', 0],
    ['merchantId=&event=&verdict=&state=&route=', 2],
  ] as const)
    expect([query, await count(query)]).toEqual([query, expected]);
  for (const [query, problem] of [
    ['verdict=good', 'verdict must be one of'],
    ['receivedFrom=yesterday', 'receivedFrom must be a time'],
    ['receivedFrom=2026-02-30T00:00', 'receivedFrom must be a time'],
    ['verdic=drift', 'verdic is not known'],
    ['toString=1', 'toString is not known'],
    ['route=handler', 'route requires state'],
    [`merchantId=${'x'.repeat(201)}`, 'merchantId must have at most 200 characters'],
  ] as const) {
    const page = await browser.get(`/inbox/callbacks?${query}`);
    expect([page.status, idsIn(page).length]).toEqual([400, 0]);
    expect(textOf(page)).toContain(problem);
  }
});

test.each([
  ['/callbacks?event=accept&event=pending', 'event must be given once'],
  ['/merchants?state=overdue&state=in-step', 'state must be given once'],
  ['/merchants?page=2', 'page is not known'],
  ['/audit?limit=100&limit=1000', 'limit must be given once'],
  ['/audit?limit=7', 'limit must be one of'],
  ['/redeliver?id=1&route=handler&route=forward', 'route must be given once'],
  ['/redeliver?id=1&everything=yes', 'everything is not known'],
  ['/release?merchantId=one&merchantId=two', 'merchantId must be given once'],
  ['/give-up?route=one&route=two', 'route must be given once'],
])('%s is refused: no page shows something else than was asked for', async (path, problem) => {
  const { browser } = await startOpen({}, ({ on }) => on('accept', () => {}));
  const page = await browser.get(`/inbox${path}`);
  expect([page.status, textOf(page)]).toEqual([400, expect.stringContaining(problem)]);
});

test('every link of a page leads to a page, whatever the ids of callbacks are', async () => {
  const { browser, post } = await startOpen({ deliveryDelaysMs: [] }, ({ on }) =>
    on('pending', () => {
      throw new Error('dead');
    }),
  );
  const ids = ['one', 'x'.repeat(200), 'y'.repeat(201), 'z'.repeat(3000), `&?#%"'<b>é/..`];
  for (const id of ids) {
    await post('pending', callback('pending', { id, signzyAppId: id, realmId: id, subStatus: id }));
    await post('pending', callback('pending', { id, status: undefined }));
  }
  await eventually(async () =>
    expect(textOf(await browser.get('/inbox/routes'))).toContain('handler closed 0'),
  );
  const seen = new Set(['/inbox']);
  for (const path of seen) {
    const page = await browser.get(path);
    expect([path, page.status]).toEqual([path, 200]);
    for (const [, link = ''] of page.text.matchAll(/<a [^>]*href="([^"]+)"/g)) {
      const target = new URL(unescaped(link), `http://inbox.example${path}`);
      if (seen.size < 300) seen.add(`${target.pathname}${target.search}`);
    }
  }
  expect(seen.size).toBeGreaterThan(40);
});

function unescaped(text: string): string {
  const letters = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" };
  return text.replaceAll(/&(amp|quot|lt|gt|#39);/g, (_, name: keyof typeof letters) => letters[name]);
}

test('a link of somebody else shows no notice', async () => {
  const { browser, post } = await startOpen();
  await post('accept', callback('accept'));
  for (const query of [
    'done=redelivered&count=7',
    'done=saved',
    'done=saved&count=0&proof=',
    'done=toString',
  ])
    expect((await browser.get(`/inbox/callbacks?${query}`)).text).not.toContain('role="status">Op');
  const saved = await browser.post('/inbox/filters', { name: 'all', query: 'verdict=valid' });
  const own = saved.headers.location ?? '';
  expect(textOf(await browser.get(own))).toContain('Saved the filter.');
  const other = await startOpen();
  expect(textOf(await other.browser.get(own))).not.toContain('Saved the filter.');
  expect(textOf(await browser.get(own.replace('done=saved', 'done=removed')))).not.toContain('the filter.');
});

test('a list has pages, and a callback leads to its neighbours in the list that it was opened from', async () => {
  const { browser, post, server } = await startOpen();
  for (let number = 0; number < 52; number++)
    await post('pending', callback('pending', { id: `m${number}` }));
  await post('accept', callback('accept'));
  const all = (await server.callbacks.list({ event: 'pending' })).map(({ id }) => id);
  const first = await browser.get('/inbox/callbacks?event=pending');
  expect(idsIn(first)).toEqual(all.slice(0, 50));
  const [, older = ''] = /id="older" href="([^"]+)"/.exec(first.text) ?? [];
  const second = await browser.get(older.replaceAll('&amp;', '&'));
  expect(idsIn(second)).toEqual(all.slice(50));
  expect(second.text).not.toContain('id="older"');
  const neighboursOf = async (index: number) => {
    const { text } = await browser.get(`/inbox/callbacks/${all[index]}?event=pending`);
    return ['newer', 'older'].map(
      (name) => new RegExp(`id="${name}" href="/inbox/callbacks/(\\w+)`).exec(text)?.[1],
    );
  };
  expect(await neighboursOf(0)).toEqual([undefined, all[1]]);
  expect(await neighboursOf(49)).toEqual([all[48], all[50]]);
  expect(await neighboursOf(51)).toEqual([undefined, undefined]);
});

test('a callback is a timeline of receipts, verdict and attempts, with its body masked', async () => {
  const failing = new Error('not quoted');
  const { browser, post, server } = await startOpen({ deliveryDelaysMs: [1] }, ({ on }) =>
    on('pending', () => {
      throw failing;
    }),
  );
  const body = callback('pending', { id: 'one', subStatus: 'parked', ...personal });
  await post('pending', body);
  await post('pending', body);
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries).toMatchObject([{ state: 'dead' }]),
  );
  const [kept] = await server.callbacks.list();
  const page = await browser.get(`/inbox/callbacks/${kept?.id}`);
  const text = textOf(page);
  for (const shown of [
    'Received from 127.0.0.1',
    'Received again from 127.0.0.1',
    'Validated drift Violations: 3.',
    'Delivery to handler, attempt 1',
    'Delivery to handler, attempt 2 dead',
    '/merchantData/subStatus',
    'must be notEscalated, escalated',
    '"name": "[PII]"',
  ])
    expect(text).toContain(shown);
  for (const canary of canaries) expect(page.text).not.toContain(canary);
});

test('a name or a number of a person that stands in a wrong place of the body is not shown', async () => {
  const { browser, post, server } = await startOpen();
  const misplaced = {
    flowName: 'canary',
    redirectUrl: 'asha canary',
    isDeleted: 7700900123,
    regex: ['7700900123'],
  };
  await post('pending', callback('pending', { id: 'one', eventStatus: 'onboardingCompleted', ...misplaced }));
  const [kept] = await server.callbacks.list();
  const text = textOf(await browser.get(`/inbox/callbacks/${kept?.id}`));
  expect(text).toContain('"flowName": "[text]"');
  expect(text).toContain('"isDeleted": "[number]"');
  expect(text).toContain('"eventStatus": "onboardingCompleted"');
  expect(text).not.toMatch(/canary|7700900123/);
});

test('no page shows personal data, or a secret among the settings', async () => {
  const secrets = {
    forwardUrl: 'http://127.0.0.1:2/?key=canary-secret',
    forwardSecret: `whsec_${btoa('canary-secret-of-24-bytes')}`,
  };
  const { browser, post, server } = await startOpen({ ...secrets, pullsPerMinute: 77 });
  await post('pending', callback('pending', { id: 'one', subStatus: 'Asha Canary', ...personal }));
  await post('pending', 'not JSON canary@example.com');
  await post('', callback('accept', { ...personal, status: 'Asha Canary of nowhere' }));
  await post('accept', callback('accept', { ...personal, 'Asha Canary': 7 }));
  const kept = await server.callbacks.list();
  expect(kept).toHaveLength(4);
  for (const path of [...paths, ...kept.map(({ id }) => `/callbacks/${id}`)]) {
    const { text } = await browser.get(`/inbox${path}`);
    for (const canary of [...canaries, 'canary-secret', secrets.forwardSecret, token])
      expect(text, `${path} shows ${canary}`).not.toContain(canary);
  }
  const settings = textOf(await browser.get('/inbox/settings'));
  expect(settings).toMatch(/pullsPerMinute 77/);
  expect(settings).toMatch(/forwardSecret set/);
});

test('markup in any field of a callback is shown as text', async () => {
  const markup = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  const { browser, post, server } = await startOpen();
  const headers = { 'content-type': 'application/json', 'user-agent': markup };
  await post('pending', callback('pending', { id: markup, signzyAppId: markup, status: markup }), {
    headers,
  });
  await post('pending', callback('pending', { id: 'two', [markup]: markup, subStatus: markup }), { headers });
  await post('pending', markup, { headers });
  const kept = await server.callbacks.list();
  const query = new URLSearchParams({ merchantId: markup });
  for (const path of [
    ...paths,
    `/callbacks?${query}`,
    ...kept.map(({ id }) => `/callbacks/${id}?${query}`),
  ]) {
    const { text } = await browser.get(`/inbox${path}`);
    expect(text, path).not.toMatch(/<script>alert|<img/);
  }
  expect(textOf(await browser.get(`/inbox/callbacks/${kept[2]?.id}`))).toContain(markup);
});

test('the overview shows arrivals, waiting deliveries and merchants as figures with a table', async () => {
  const hourMs = 3_600_000;
  vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / hourMs) * hourMs });
  onTestFinished(() => void vi.useRealTimers());
  const { browser, post, server } = await startOpen({}, ({ on }) => on('accept', () => {}));
  await post('accept', callback('accept', { id: 'one' }));
  await post('accept', 'not JSON');
  await eventually(async () =>
    expect((await server.callbacks.list())[1]?.deliveries).toMatchObject([{ state: 'taken' }]),
  );
  const overview = textOf(await browser.get('/inbox'));
  expect(overview).toContain('In 24 hours: 2 . In one hour at most: 2.');
  expect(overview).toMatch(/\d\d:00 1 0 0 1 /);
  expect(overview).toContain('0 in the quarantine');
  await server.merchants.expect([{ merchantId: 'one', realmId: 'realm' }]);
  await eventually(async () =>
    expect(textOf(await browser.get('/inbox'))).toContain('1 known 1 in step 0 overdue 0 unverifiable'),
  );
  const length = String.raw`\d+ (?:ms|s|min)`;
  expect(overview).toMatch(
    new RegExp(String.raw`taken Newest, \d\d:00: half within ${length} , 95 % within ${length} \.`),
  );
  expect(overview).toMatch(
    new RegExp(String.raw`Hour half within 95 % within .*\d\d:00 none none .*\d\d:00 ${length} ${length}`),
  );
});

import { expect, test } from 'vitest';
import type { CallbackServer } from '../../../src/index.ts';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { startConfirming } from '../../support/confirming-server.ts';
import { eventually } from '../../support/eventually.ts';
import { confirmed, textOf } from '../../support/inbox-pages.ts';
import { inboxUser } from '../../support/inbox-users.ts';
import { startServer, temporaryDatabase } from '../../support/running-server.ts';

/** A server whose handler does not take callbacks until it is mended. */
async function startFailing() {
  const received: string[] = [];
  let isMended = false;
  const running = await startServer({ deliveryDelaysMs: [1] }, ({ on }) =>
    on('pending', ({ payload }) => {
      if (!isMended) throw new Error('The handler fails.');
      received.push(payload.merchantData.id);
    }),
  );
  for (const id of ['one', 'two', 'three']) await running.post('pending', callback('pending', { id }));
  await eventually(async () => expect(await dead(running.server)).toHaveLength(3));
  const mend = () => {
    isMended = true;
  };
  return { ...running, browser: createBrowser(running.adminUrl), received, mend };
}

const dead = async ({ callbacks }: CallbackServer) =>
  (await callbacks.list({ delivery: { route: 'handler', state: 'dead' } })).map(({ id }) => id);

const auditOf = async (adminUrl: string) => (await (await fetch(`${adminUrl}/audit`)).json()) as object[];

test('selected callbacks are delivered again: route, dry run, confirmation, result', async () => {
  const { browser, server, adminUrl, received, mend } = await startFailing();
  const [three, two, one] = await dead(server);
  mend();
  const selected = `of=selected&id=${one}&id=${two}`;
  expect(textOf(await browser.get(`/inbox/redeliver?${selected}`))).toContain('Selected callbacks: 2.');
  const dryRun = await browser.get(`/inbox/redeliver?${selected}&route=handler&state=dead`);
  expect(textOf(dryRun)).toContain(
    'Nothing has changed yet. The route handler would get deliveries that were: given up 2',
  );
  expect(await dead(server)).toHaveLength(3);
  const result = await confirmed(browser, dryRun, '/inbox/redeliver');
  expect(textOf(result)).toContain('Opened deliveries: 2.');
  await eventually(() => expect(received.toSorted()).toEqual(['one', 'two']));
  expect(await dead(server)).toEqual([three]);
  const audit = { actor: 'inbox: this machine', action: 'redeliver', details: { route: 'handler', dead: 1 } };
  expect(await auditOf(adminUrl)).toMatchObject([audit, audit]);
});

test('all that a list matches are delivered again, and a list that a redelivery cannot match offers nothing', async () => {
  const { browser, received, mend } = await startFailing();
  mend();
  const list = await browser.get('/inbox/callbacks?route=handler&state=dead&merchantId=two');
  const [, link = ''] = /href="(\/inbox\/redeliver\?[^"]+)"/.exec(list.text) ?? [];
  const dryRun = await browser.get(link.replaceAll('&amp;', '&'));
  await confirmed(browser, dryRun, '/inbox/redeliver');
  await eventually(() => expect(received).toEqual(['two']));
  for (const query of ['', 'verdict=valid&state=dead', 'signzyAppId=one', 'state=open&route=handler'])
    expect((await browser.get(`/inbox/callbacks?${query}`)).text).not.toContain('href="/inbox/redeliver');
});

const refused = [
  ['/redeliver?of=selected', 'No callback is selected.'],
  ['/redeliver?route=none', 'This server has no route "none".'],
  ['/redeliver?route=handler&state=new', 'state must be one or more of'],
  ['/redeliver?route=handler&id=one', 'id must be the id of a callback.'],
  [`/redeliver?route=handler${'&id=0'.repeat(201)}`, 'id must be given at most 200 times.'],
  ['/release', 'No callback is selected.'],
  ['/release?id=one', 'id must be the id of a callback.'],
  ['/give-up?route=handler', 'This server delivers to the route "handler".'],
  ['/give-up?route=none', 'has no open delivery'],
  ['/give-up', 'route must be the name of a route.'],
  ['/give-up?of=selected', 'No callback is selected.'],
  ['/give-up?route=handler&id=one', 'id must be the id of a callback.'],
  [`/give-up?route=handler${'&id=0'.repeat(201)}`, 'id must be the id of a callback.'],
] as const;

test('all that match is offered only where a redelivery would open exactly what the list shows', async () => {
  const { adminUrl, post, server } = await startServer();
  const browser = createBrowser(adminUrl);
  await post('pending', callback('pending'));
  server.on('pending', () => {});
  const offered = async (query: string) =>
    (await browser.get(`/inbox/callbacks?${query}`)).text.includes('Deliver all that match again');
  expect(await offered('route=handler&state=missing')).toBe(true);
  expect(await offered('state=missing')).toBe(false);
  const { post: forge, ...confirming } = await startConfirming();
  await forge('accept', callback('accept', { id: 'EXAMPLE-forged' }));
  await eventually(async () =>
    expect((await confirming.server.callbacks.list())[0]?.confirmation?.state).toBe('quarantined'),
  );
  const list = await createBrowser(confirming.adminUrl).get('/inbox/callbacks?route=confirm&state=dead');
  expect([list.text.includes('EXAMPLE-forged'), list.text.includes('Deliver all that match again')]).toEqual([
    true,
    false,
  ]);
});

test('a wrong request changes nothing, and the page says why', async () => {
  const { adminUrl } = await startServer({}, ({ on }) => on('pending', () => {}));
  const browser = createBrowser(adminUrl);
  const csrf = await browser.csrf();
  for (const [path, why] of refused) {
    const [to = '', query = ''] = path.split('?');
    for (const page of [
      await browser.get(`/inbox${path}`),
      await browser.submit(`/inbox${to}`, [['csrf', csrf], ...new URLSearchParams(query)]),
    ])
      expect([page.status, textOf(page)]).toEqual([400, expect.stringContaining(why)]);
  }
  expect(await auditOf(adminUrl)).toEqual([]);
});

test('a callback of the quarantine is released after a dry run', async () => {
  const { adminUrl, post, server, received } = await startConfirming();
  await post('accept', callback('accept', { id: 'EXAMPLE-forged' }));
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.confirmation?.state).toBe('quarantined'),
  );
  const browser = createBrowser(adminUrl);
  const [kept] = await server.callbacks.list();
  const page = await browser.get(`/inbox/callbacks/${kept?.id}`);
  expect(textOf(page)).toMatch(/Confirmation quarantined/);
  const [, link = ''] = /href="(\/inbox\/release\?[^"]+)"/.exec(page.text) ?? [];
  const result = await confirmed(browser, await browser.get(link), '/inbox/release');
  expect(textOf(result)).toContain('Callbacks released from the quarantine: 1.');
  await eventually(() => expect(received).toHaveLength(1));
});

test('deliveries to a route that is gone are given up after a dry run', async () => {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  const gone = { name: 'ledger', url: 'http://127.0.0.1:2/' };
  const before = await startServer({ databaseUrl, routes: [gone], deliveryDelaysMs: [3_600_000] });
  await before.post('pending', callback('pending'));
  await before.server.stop();
  const { adminUrl, server } = await startServer({ databaseUrl });
  const browser = createBrowser(adminUrl);
  expect(textOf(await browser.get('/inbox/routes'))).toMatch(/ledger not here .*Give up/);
  const dryRun = await browser.get('/inbox/give-up?route=ledger');
  expect(textOf(dryRun)).toContain('Open deliveries to the route ledger : 1 .');
  const result = await confirmed(browser, dryRun, '/inbox/give-up');
  expect(textOf(result)).toContain('Deliveries given up: 1.');
  expect((await server.callbacks.list())[0]?.deliveries).toMatchObject([{ state: 'dead' }]);
});

test('the deliveries of a callback and of selected callbacks are given up after a dry run, also to a route of this server', async () => {
  const { adminUrl, server, post } = await startServer({ deliveryDelaysMs: [3_600_000] }, ({ on }) =>
    on('pending', () => {
      throw new Error('The handler fails.');
    }),
  );
  for (const id of ['one', 'two', 'three']) await post('pending', callback('pending', { id }));
  await eventually(async () =>
    expect(await server.metrics()).toContain('callback_server_blocked_merchants{route="handler"} 3'),
  );
  const browser = createBrowser(adminUrl);
  const [three, two, one] = (await server.callbacks.list()).map(({ id }) => id);
  const page = await browser.get(`/inbox/callbacks/${one}`);
  const [, link = ''] = /href="(\/inbox\/give-up\?[^"]+)"/.exec(page.text) ?? [];
  const single = await browser.get(link.replaceAll('&amp;', '&'));
  expect(textOf(single)).toContain('Open deliveries to the route handler : 1 .');
  expect(textOf(await confirmed(browser, single, '/inbox/give-up'))).toContain('Deliveries given up: 1.');
  expect(await dead(server)).toEqual([one]);

  const selected = `of=selected&id=${two}&id=${three}`;
  expect(textOf(await browser.get(`/inbox/give-up?${selected}`))).toContain('Selected callbacks: 2.');
  const bulk = await browser.get(`/inbox/give-up?${selected}&route=handler`);
  const csrf = /name="csrf" value="([^"]*)"/.exec(bulk.text)?.[1] ?? '';
  const withoutRoute = await browser.submit('/inbox/give-up', [
    ['csrf', csrf],
    ['id', two ?? ''],
  ]);
  expect([withoutRoute.status, textOf(withoutRoute)]).toEqual([
    400,
    expect.stringContaining('route must be the name of a route.'),
  ]);
  expect(textOf(bulk)).toContain('Open deliveries to the route handler : 2 .');
  expect(await dead(server)).toEqual([one]);
  expect(textOf(await confirmed(browser, bulk, '/inbox/give-up'))).toContain('Deliveries given up: 2.');
  expect(await dead(server)).toEqual([three, two, one]);
});

test('a body is revealed once, and the audit has the visitor and the reason before the body is shown', async () => {
  const { adminUrl, post, server } = await startServer();
  const body = callback('pending', { name: 'Asha Canary', amount: '12345678901234567890' });
  await post('pending', body.replace('"12345678901234567890"', '12345678901234567890'));
  const browser = createBrowser(adminUrl);
  const [kept] = await server.callbacks.list();
  const path = `/inbox/callbacks/${kept?.id}`;
  for (const reason of ['', 'ab', '   a   ', 'x'.repeat(201), 'two\nlines']) {
    const refused = await browser.post(`${path}/reveal`, { reason });
    expect([refused.status, refused.text]).toEqual([400, expect.not.stringContaining('Asha Canary')]);
  }
  expect(await auditOf(adminUrl)).toEqual([]);
  const revealed = await browser.post(`${path}/reveal`, { reason: 'EXAMPLE-ticket 7' });
  expect([revealed.status, revealed.headers['cache-control']]).toEqual([200, 'no-store']);
  expect(textOf(revealed)).toContain('"name": "Asha Canary"');
  expect(textOf(revealed)).toContain('"amount": 12345678901234567890');
  expect(await auditOf(adminUrl)).toMatchObject([
    { actor: 'inbox: this machine', action: 'reveal', details: { id: kept?.id, reason: 'EXAMPLE-ticket 7' } },
  ]);
  expect((await browser.get(path)).text).not.toContain('Asha Canary');
  expect((await browser.get(`${path}/reveal`)).status).toBe(404);
});

test('a viewer looks, and is offered nothing that changes or reveals anything', async () => {
  const { adminUrl, post, server } = await startServer({ inboxUsers: [inboxUser('vera')] });
  await post('pending', callback('pending'));
  const browser = createBrowser(adminUrl);
  await browser.signIn('vera');
  const [kept] = await server.callbacks.list();
  for (const path of ['/callbacks', `/callbacks/${kept?.id}`, '/routes']) {
    const { status, text } = await browser.get(`/inbox${path}`);
    expect([status, text]).toEqual([
      200,
      expect.not.stringMatching(/\/inbox\/(redeliver|release|give-up)|\/reveal/),
    ]);
  }
  for (const path of ['/redeliver', '/release', '/give-up', `/callbacks/${kept?.id}/reveal`])
    expect((await browser.post(`/inbox${path}`, { reason: 'EXAMPLE-reason' })).status, path).toBe(403);
});

test('a filter is saved under a name, opens the same list, and is removed: the audit has the saving and the removal', async () => {
  const { adminUrl, post } = await startServer();
  await post('pending', callback('pending', { subStatus: 'parked' }));
  const browser = createBrowser(adminUrl);
  const save = (name: string, query: string) => browser.post('/inbox/filters', { name, query });
  const saved = await save('Drift & more', 'verdict=drift&receivedFrom=2026-01-01T00%3A00');
  expect([saved.status, saved.headers.location]).toEqual([303, expect.stringContaining('done=saved')]);
  const list = await browser.get('/inbox/callbacks');
  expect(list.text).toContain(
    'href="/inbox/callbacks?verdict=drift&amp;receivedFrom=2026-01-01T00%3A00">Drift &amp; more<',
  );
  const refused = await save('Of one', 'merchantId=one');
  expect([refused.status, textOf(refused)]).toEqual([
    400,
    expect.stringContaining('A filter that names a merchant'),
  ]);
  expect((await save('wrong', 'event=nonsense')).status).toBe(400);
  expect((await browser.post('/inbox/filters/remove', { name: 'wrong\0' })).status).toBe(303);
  await browser.post('/inbox/filters/remove', { name: 'Drift & more' });
  expect((await browser.get('/inbox/callbacks')).text).toContain('Saved filters (0)');
  const audit = (await (await fetch(`${adminUrl}/audit`)).json()) as Record<string, unknown>[];
  const actor = 'inbox: this machine';
  // Without the names, which visitors choose: one may be that of a person.
  expect(audit.map(({ at: _, ...entry }) => entry)).toEqual([
    { actor, action: 'remove filter', details: {} },
    { actor, action: 'save filter', details: {} },
  ]);
});

test('a slash at the end of an address changes nothing', async () => {
  const { adminUrl } = await startServer();
  const browser = createBrowser(adminUrl);
  for (const path of ['/inbox/', '/inbox/callbacks/', '/inbox/callbacks/?event=accept'])
    expect((await browser.get(path)).status, path).toBe(200);
});

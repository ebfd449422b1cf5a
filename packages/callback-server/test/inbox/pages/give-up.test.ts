import { expect, test } from 'vitest';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { deadIds } from '../../support/dead-ids.ts';
import { eventually } from '../../support/eventually.ts';
import { confirmed, textOf } from '../../support/inbox-pages.ts';
import { startServer, temporaryDatabase } from '../../support/running-server.ts';

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
  expect(await deadIds(server)).toEqual([one]);

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
  expect(await deadIds(server)).toEqual([one]);
  expect(textOf(await confirmed(browser, bulk, '/inbox/give-up'))).toContain('Deliveries given up: 2.');
  expect(await deadIds(server)).toEqual([three, two, one]);
});

import { expect, test } from 'vitest';
import { auditOf } from '../../support/audit-of.ts';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { startConfirming } from '../../support/confirming-server.ts';
import { deadIds } from '../../support/dead-ids.ts';
import { eventually } from '../../support/eventually.ts';
import { confirmed, textOf } from '../../support/inbox-pages.ts';
import { startServer } from '../../support/running-server.ts';

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
  await eventually(async () => expect(await deadIds(running.server)).toHaveLength(3));
  const mend = () => {
    isMended = true;
  };
  return { ...running, browser: createBrowser(running.adminUrl), received, mend };
}

test('selected callbacks are delivered again: route, dry run, confirmation, result', async () => {
  const { browser, server, adminUrl, received, mend } = await startFailing();
  const [three, two, one] = await deadIds(server);
  mend();
  const selected = `of=selected&id=${one}&id=${two}`;
  expect(textOf(await browser.get(`/inbox/redeliver?${selected}`))).toContain('Selected callbacks: 2.');
  const dryRun = await browser.get(`/inbox/redeliver?${selected}&route=handler&state=dead`);
  expect(textOf(dryRun)).toContain(
    'Nothing has changed yet. The route handler would get deliveries that were: given up 2',
  );
  expect(await deadIds(server)).toHaveLength(3);
  const result = await confirmed(browser, dryRun, '/inbox/redeliver');
  expect(textOf(result)).toContain('Opened deliveries: 2.');
  await eventually(() => expect(received.toSorted()).toEqual(['one', 'two']));
  expect(await deadIds(server)).toEqual([three]);
  const audit = { actor: 'inbox: this machine', action: 'redeliver', details: { route: 'handler', dead: 1 } };
  expect(await auditOf(adminUrl)).toMatchObject([audit, audit]);
});

test('all callbacks of a list are delivered again, and a list that no redelivery can match offers none', async () => {
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

test('a list offers a redelivery of all that match only if exactly the listed callbacks would be delivered', async () => {
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

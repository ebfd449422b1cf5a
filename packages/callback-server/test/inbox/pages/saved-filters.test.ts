import { expect, test } from 'vitest';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { textOf } from '../../support/inbox-pages.ts';
import { startOpenInbox } from '../../support/open-inbox.ts';
import { startServer } from '../../support/running-server.ts';

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
  // The entries lack the names of the filters, because a visitor may choose the name of a person.
  expect(audit.map(({ at: _, ...entry }) => entry)).toEqual([
    { actor, action: 'remove filter', details: {} },
    { actor, action: 'save filter', details: {} },
  ]);
});

test('a link of somebody else shows no notice', async () => {
  const { browser, post } = await startOpenInbox();
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
  const other = await startOpenInbox();
  expect(textOf(await other.browser.get(own))).not.toContain('Saved the filter.');
  expect(textOf(await browser.get(own.replace('done=saved', 'done=removed')))).not.toContain('the filter.');
});

import { expect, test } from 'vitest';
import { callback } from '../../support/callbacks.ts';
import { idsIn, textOf } from '../../support/inbox-pages.ts';
import { startOpenInbox } from '../../support/open-inbox.ts';

test('a list filters by every field, and refuses fields and words that it does not know', async () => {
  const { browser, post } = await startOpenInbox();
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

test('a list has pages, and a callback leads to its neighbours in the list that it was opened from', async () => {
  const { browser, post, server } = await startOpenInbox();
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

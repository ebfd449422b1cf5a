import { expect, test } from 'vitest';
import { auditOf } from '../../support/audit-of.ts';
import { createBrowser } from '../../support/browser.ts';
import { textOf } from '../../support/inbox-pages.ts';
import { startOpenInbox } from '../../support/open-inbox.ts';
import { startServer } from '../../support/running-server.ts';

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
  const { browser } = await startOpenInbox({}, ({ on }) => on('accept', () => {}));
  const page = await browser.get(`/inbox${path}`);
  expect([page.status, textOf(page)]).toEqual([400, expect.stringContaining(problem)]);
});

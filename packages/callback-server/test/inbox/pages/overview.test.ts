import { expect, onTestFinished, test, vi } from 'vitest';
import { callback } from '../../support/callbacks.ts';
import { eventually } from '../../support/eventually.ts';
import { textOf } from '../../support/inbox-pages.ts';
import { startOpenInbox } from '../../support/open-inbox.ts';

test('the overview shows arrivals, waiting deliveries and merchants as figures with a table', async () => {
  const hourMs = 3_600_000;
  vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / hourMs) * hourMs });
  onTestFinished(() => void vi.useRealTimers());
  const { browser, post, server } = await startOpenInbox({}, ({ on }) => on('accept', () => {}));
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

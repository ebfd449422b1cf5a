import { expect, test, vi } from 'vitest';
import { assessHandingOn, measureClaims } from '../../src/doctor/check-handing-on.ts';
import { openStore } from '../../src/store/open-store.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { temporaryDatabase } from '../support/running-server.ts';

const now = new Date('2026-01-01T12:00:00Z');

function statsOf(seconds: number | undefined) {
  const oldestUndeliveredAt =
    seconds === undefined ? {} : { oldestUndeliveredAt: new Date(now.getTime() - 1000 * seconds) };
  return { routes: new Map([['forward', { ...oldestUndeliveredAt, blockedMerchants: 1, deadLetters: 2 }]]) };
}

test.each([
  [
    'nothing waits',
    undefined,
    1,
    'ok',
    /^a claim and a commit take 1\.0 ms; forward: nothing waits, 1 merchants blocked, 2 /,
  ],
  ['a callback waits for seconds', 5, 1, 'ok', /the oldest callback waits 5 s/],
  ['a callback waits for an hour', 3600, 1, 'warning', /waits 3600 s.*Check the route that waits/],
  ['claims are slow', 5, 200, 'warning', /a claim and a commit take 200\.0 ms.*Use a faster disk/],
  ['a server has the database', 5, undefined, 'ok', /^forward: the oldest/],
] as const)(
  'if %s, the doctor assesses the handing on, and says what to do',
  (_, seconds, claimMs, level, message) => {
    const finding = assessHandingOn(now, statsOf(seconds), ['forward'], claimMs);
    expect(finding.level).toBe(level);
    expect(finding.message).toMatch(message);
  },
);

test('the doctor names a route that is not configured and still has open deliveries', () => {
  const { level, message } = assessHandingOn(now, statsOf(5), ['handler', 'other'], 1);
  expect([level, message]).toEqual(['warning', expect.stringContaining('do not have forward: ')]);
  expect(assessHandingOn(now, statsOf(undefined), ['handler'], 1).level).toBe('ok');
});

test('the measured time includes a commit for each claim', async () => {
  const store = await openStore(`sqlite:${temporaryDatabase()}`, { onFatal: () => {} });
  const [claim, probe] = [vi.spyOn(store, 'claim'), vi.spyOn(store, 'probe')];
  await measureClaims(store);
  expect(claim.mock.calls.length).toBeGreaterThan(1);
  expect(probe).toHaveBeenCalledTimes(claim.mock.calls.length);
  await store.close();
});

test('measuring claims takes no callback', async () => {
  const store = await openStore(`sqlite:${temporaryDatabase()}`, { onFatal: () => {} });
  await store.keep(incoming('one'), ['handler']);
  expect(await measureClaims(store)).toBeGreaterThan(0);
  expect(await store.countOpen('handler')).toBe(1);
  expect((await store.claim('handler', { fresh: 1, retries: 0 })).claims).toHaveLength(1);
  await store.close();
});

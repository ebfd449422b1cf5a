import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { confirmRoute } from '../../src/callback/confirmation.ts';
import type { Settlement } from '../../src/callback/delivery.ts';
import type { CallbackFilter, KeptCallback } from '../../src/callback/kept-callback.ts';
import { type OpenedStore, openStore } from '../../src/store/open-store.ts';
import { bothEngines } from '../support/both-engines.ts';
import { accepted, callback } from '../support/callbacks.ts';
import { masterKeys } from '../support/master-keys.ts';
import { temporaryDatabase } from '../support/running-server.ts';

const start = Date.UTC(2026, 0, 1);
const minutes = 60_000;
const routes = ['handler', 'mail'];
const onFatal = (error: unknown) => {
  throw error;
};

async function opened(databaseUrl: string): Promise<OpenedStore> {
  const store = await openStore(databaseUrl, {
    onFatal,
    orders: new Map(routes.map((route) => [route, 'none'])),
  });
  onTestFinished(() => store.close());
  return store;
}

/** Callbacks of several kinds. Their times are not in the order of their arrival, as after jumps of the clock. */
async function fill(store: OpenedStore): Promise<void> {
  for (let number = 0; number < 36; number++) {
    const event = (['accept', 'pending', 'reject'] as const)[number % 3] ?? 'accept';
    const ids = { id: `merchant-${number % 5}`, signzyAppId: `case-${number % 7}`, actionTime: number };
    const receivedAt = new Date(start + ((number * 25) % 36) * 20 * minutes);
    const kept = {
      ...accepted(callback('accept', ids), receivedAt),
      event,
      verdict: number % 4 === 0 ? 'drift' : 'valid',
      dedupKey: `${number}`,
    } as const;
    await store.keep(kept, number % 2 === 0 ? routes : ['mail'], event === 'pending' ? 'direct' : 'confirm');
  }
  await confirmAll(store);
  for (const route of routes) await settleAll(store, route);
}

async function confirmAll(store: OpenedStore): Promise<void> {
  for (let number = 0; ; number++) {
    const [claim] = (await store.claim(confirmRoute, { fresh: 1, retries: 0 })).claims;
    if (!claim) return;
    const isTrue = number % 4 !== 3;
    const settlement: Settlement = isTrue ? { state: 'taken' } : { state: 'dead', outcome: 'no pull agrees' };
    const state = isTrue ? 'confirmed' : 'quarantined';
    const confirmation = { state, routes: isTrue ? routes : [] } as const;
    await store.settleConfirmed([{ claim, settlement, confirmation }]);
  }
}

const ends: readonly Settlement[] = [
  { state: 'taken' },
  { state: 'dead', outcome: 'failed' },
  { state: 'overtaken', outcome: 'overtaken: a newer callback is confirmed' },
  { state: 'due', outcome: 'failed', retryDelayMs: 3_600_000 },
];

async function settleAll(store: OpenedStore, route: string): Promise<void> {
  const { claims } = await store.claim(route, { fresh: 100, retries: 0 });
  const settled = claims.map((claim, index) => ({
    claim,
    settlement: ends[index % 4] ?? { state: 'taken' },
  }));
  await store.settle(route, settled as { claim: (typeof claims)[number]; settlement: Settlement }[]);
}

type Part = Omit<CallbackFilter, 'before' | 'limit'>;

/** Whether a callback matches a filter, by what a list shows of the callback. */
function matches(kept: KeptCallback, filter: Part): boolean {
  const { receivedFrom, receivedUntil, delivery, confirmation, ...equal } = filter;
  return (
    Object.entries(equal).every(([name, value]) => kept[name as keyof KeptCallback] === value) &&
    (!receivedFrom || kept.receivedAt >= receivedFrom) &&
    (!receivedUntil || kept.receivedAt < receivedUntil) &&
    (!confirmation || kept.confirmation?.state === confirmation) &&
    (!delivery || hasDelivery(kept, delivery))
  );
}

function hasDelivery(kept: KeptCallback, { route, state }: NonNullable<Part['delivery']>): boolean {
  const deliveries = kept.deliveries.filter((each) => route === undefined || each.route === route);
  if (state === 'missing') return deliveries.length === 0;
  const shown: readonly string[] = state === 'open' ? ['due', 'claimed'] : [state];
  return deliveries.some((each) => shown.includes(each.state));
}

const time = (number: number) => new Date(start + number * minutes);

const parts: readonly Part[] = [
  {},
  { merchantId: 'merchant-2' },
  { signzyAppId: 'case-3' },
  { signzyAppId: 'case' },
  { event: 'reject' },
  { event: 'new' },
  { verdict: 'drift' },
  { verdict: 'invalid' },
  { receivedFrom: time(400) },
  { receivedUntil: time(200) },
  { receivedFrom: time(60), receivedUntil: time(180) },
  { receivedFrom: time(10_000) },
  { confirmation: 'confirmed' },
  { confirmation: 'quarantined' },
  { confirmation: 'recovered' },
  { delivery: { route: 'handler', state: 'open' } },
  { delivery: { state: 'open' } },
  { delivery: { state: 'dead' } },
  { delivery: { route: confirmRoute, state: 'dead' } },
  { delivery: { state: 'overtaken' } },
  { delivery: { route: 'handler', state: 'missing' } },
  { delivery: { state: 'missing' } },
];

for (const [engine, databaseOf] of bothEngines) {
  test(`${engine}: a list shows exactly what matches, for each pair of filters`, async () => {
    const store = await opened(await databaseOf());
    await fill(store);
    const all = await store.list({});
    expect(all).toHaveLength(36);
    for (const [index, one] of parts.entries())
      for (const other of parts.slice(index)) {
        const filter = { ...one, ...other };
        const found = (await store.list(filter)).map(({ id }) => id);
        const expected = all.filter((kept) => matches(kept, filter)).map(({ id }) => id);
        expect(found, JSON.stringify(filter)).toEqual(expected);
      }
    const shown = all.flatMap(({ deliveries }) => deliveries.map(({ state }) => state));
    expect(new Set(shown)).toEqual(new Set(['due', 'taken', 'dead', 'overtaken']));
  });

  test(`${engine}: pages of a list join without a gap, also of callbacks with several deliveries`, async () => {
    const store = await opened(await databaseOf());
    await fill(store);
    for (const filter of [{ delivery: { state: 'dead' } }, { verdict: 'valid' }, parts[10] ?? {}] as const) {
      const all = (await store.list(filter)).map(({ id }) => id);
      const paged: string[] = [];
      for (let before: string | undefined; ; before = paged.at(-1)) {
        const page = await store.list({ ...filter, limit: 2, ...(before !== undefined && { before }) });
        paged.push(...page.map(({ id }) => id));
        if (page.length < 2) break;
      }
      expect(paged).toEqual(all);
    }
  });

  test(`${engine}: a case is found by a text or a number, but not after its erasure`, async () => {
    const store = await opened(await databaseOf());
    for (const [id, signzyAppId] of [
      ['one', 'EXAMPLE-1'],
      ['two', 100000000586],
      ['three', ''],
    ])
      await store.keep(accepted(callback('accept', { id, signzyAppId }), new Date(start)), []);
    const merchants = async (signzyAppId: string) =>
      (await store.list({ signzyAppId })).map(({ merchantId }) => merchantId);
    expect(await merchants('EXAMPLE-1')).toEqual(['one']);
    expect(await merchants('100000000586')).toEqual(['two']);
    expect(await merchants('')).toEqual([]);
    await store.maintenance.erase('one', 'a test');
    expect(await merchants('EXAMPLE-1')).toEqual([]);
  });

  test(`${engine}: arrivals are counted by hour and verdict, and latencies are those of an hour's receipts`, async () => {
    const store = await opened(await databaseOf());
    const sent = new Date(Date.now() - 1000);
    await store.keep(accepted(callback('accept'), sent), ['handler']);
    const drifting = { ...accepted(callback('accept', { id: 'two' }), sent), verdict: 'drift' } as const;
    await store.keep(drifting, []);
    const none = { valid: 0, drift: 0, invalid: 0, unparsable: 0 };
    expect(await store.arrivals(sent)).toEqual({ ...none, valid: 1, drift: 1 });
    expect(await store.arrivals(new Date(sent.getTime() - 60 * minutes))).toEqual(none);
    expect(await store.latencies(sent)).toEqual([]);
    const { claims } = await store.claim('handler', { fresh: 1, retries: 0 });
    await store.settle(
      'handler',
      claims.map((claim) => ({ claim, settlement: { state: 'taken' } })),
    );
    const [latency = 0, ...others] = await store.latencies(sent);
    expect([latency >= 1000, others]).toEqual([true, []]);
    expect(await store.latencies(new Date(sent.getTime() - 60 * minutes))).toEqual([]);
    expect(await store.latencies(new Date(sent.getTime() + 60 * minutes))).toEqual([]);
  });

  test(`${engine}: the quarantine is counted until an operator releases it`, async () => {
    const store = await opened(await databaseOf());
    await fill(store);
    const quarantined = await store.list({ confirmation: 'quarantined' });
    expect(await store.countQuarantined()).toBe(quarantined.length);
    await store.maintenance.release({ id: quarantined[0]?.id ?? '' }, 'a test');
    expect(await store.countQuarantined()).toBe(quarantined.length - 1);
  });
}

test('SQLite: an encrypted database holds no case reference in plaintext, and still finds the case', async () => {
  const path = temporaryDatabase();
  const store = await openStore(`sqlite:${path}`, { onFatal, masterKeys });
  await store.keep(accepted(callback('accept', { signzyAppId: 'CANARY-CASE' }), new Date(start)), []);
  expect(await store.list({ signzyAppId: 'CANARY-CASE' })).toMatchObject([{ signzyAppId: 'CANARY-CASE' }]);
  await store.close();
  expect(readFileSync(path).includes('CANARY-CASE')).toBe(false);
});

import { expect, onTestFinished, test } from 'vitest';
import type { Claim, SettledDelivery } from '../../src/callback/delivery.ts';
import type { IncomingCallback } from '../../src/callback/incoming-callback.ts';
import type { CallbackStore } from '../../src/store/callback-store.ts';
import type { StoreOptions } from '../../src/store/engine/store-options.ts';
import type { OpenedStore } from '../../src/store/open-store.ts';
import { accepted, callback } from './callbacks.ts';
import { eventually } from './eventually.ts';

export const start: Date = new Date('2026-01-01T00:00:00Z');

export function later(ms: number): Date {
  return new Date(start.getTime() + ms);
}

/** Returns an accept of a merchant, as the receiver passes it to the store. */
export function incoming(id: string, actionTime = 1): IncomingCallback {
  return accepted(callback('accept', { id, actionTime }), start);
}

/** Opens a database, with options over the defaults. */
export type Open = (options?: Partial<StoreOptions>) => Promise<OpenedStore>;

/**
 * Tests what every engine promises.
 *
 * @param prepare - Creates a database and returns a function that opens it. Each opened store finds the callbacks of the last.
 */
export function testStore(engine: string, prepare: () => Promise<Open>): void {
  const opened = async () => {
    const store = await (await prepare())();
    onTestFinished(() => store.close());
    return store;
  };

  test(`${engine}: stores a callback with its exact bytes and its deliveries`, async () => {
    const store = await opened();
    const { id, isNew } = await store.keep(incoming('one'), ['handler', 'forward']);
    expect(isNew).toBe(true);
    const kept = await store.get(id);
    expect(Buffer.from(kept?.body ?? [])).toEqual(Buffer.from(incoming('one').body));
    expect(kept).toMatchObject({ id, merchantId: 'one', verdict: 'valid', seenCount: 1, receivedAt: start });
    expect(kept?.deliveries.map(({ route, state }) => [route, state])).toEqual([
      ['forward', 'due'],
      ['handler', 'due'],
    ]);
    expect(await store.get('nothing')).toBeUndefined();
  });

  test(`${engine}: a callback that arrives 20 times at once is new only once`, async () => {
    const store = await opened();
    const all = await Promise.all(Array.from({ length: 20 }, () => store.keep(incoming('one'), ['handler'])));
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    const [kept, ...others] = await store.list({});
    expect([kept?.seenCount, kept?.deliveries.length, others]).toEqual([20, 1, []]);
  });

  test(`${engine}: a merchant id can be any string`, async () => {
    const store = await opened();
    const names = ['', 'a\u0000b', '\ud800', '\ud801', 'न', "'; --", 'x'.repeat(100_000)];
    await Promise.all(
      names.map((name) => store.keep({ ...incoming('one'), merchantId: name, dedupKey: name }, ['handler'])),
    );
    for (const merchantId of names)
      expect((await store.list({ merchantId })).map((kept) => kept.merchantId)).toEqual([merchantId]);
  });

  test(`${engine}: what no database can hold is found nowhere`, async () => {
    const store = await opened();
    await store.keep(incoming('one'), ['handler']);
    expect(await store.get('\0')).toBeUndefined();
    const delivery = { route: 'a\0b', state: 'open' } as const;
    for (const filter of [{ before: '\0' }, { event: 'accept\0' }, { delivery }])
      expect(await store.list(filter)).toEqual([]);
  });

  test(`${engine}: stores the sender of each POST, and shows the first hundred`, async () => {
    const store = await opened();
    const senders = [
      { address: '192.0.2.1', userAgent: 'provider/1.0' },
      { address: null, userAgent: 'a"b\u0000\ud800न' },
      { address: '2001:db8::1', userAgent: null },
      { address: null, userAgent: null },
    ];
    const { id } = await store.keep(incoming('one'), []);
    for (const sender of senders) await store.keep({ ...incoming('one'), sender, receivedAt: later(5) }, []);
    await store.keep({ ...incoming('two'), receivedAt: later(7) }, []);
    const receipts = [
      { receivedAt: start, ...incoming('one').sender },
      ...senders.map((sender) => ({ receivedAt: later(5), ...sender })),
    ];
    expect((await store.get(id))?.receipts).toEqual(receipts);
    await Promise.all(Array.from({ length: 100 }, () => store.keep(incoming('one'), [])));
    const many = await store.get(id);
    expect([many?.seenCount, many?.receipts.length]).toEqual([105, 100]);
    expect(many?.receipts.slice(0, 5)).toEqual(receipts);
  });

  test(`${engine}: drift has its pointers, times and counts, and no values`, async () => {
    const store = await opened();
    const departing = (id: string, receivedAt: Date) =>
      accepted(callback('accept', { id, email: ['asha'], mobile: 7 }), receivedAt);
    await Promise.all([store.keep(departing('one', start), []), store.keep(departing('two', later(5)), [])]);
    await store.keep(departing('two', later(6)), []);
    const { id } = await store.keep(departing('three', later(9)), []);
    const drift = await store.drift();
    expect(drift.map(({ pointer }) => pointer).sort()).toEqual([
      '/merchantData/email',
      '/merchantData/mobile',
    ]);
    for (const way of drift)
      expect(way).toMatchObject({
        subject: 'accept',
        since: start,
        lastAt: later(9),
        count: 3,
        exampleId: id,
      });
    expect(JSON.stringify(drift)).not.toContain('asha');
  });

  test(`${engine}: counts the oldest delivery, blocked merchants and dead deliveries of each route`, async () => {
    const store = await opened();
    expect(await store.stats()).toEqual({ routes: new Map() });
    await store.keep(incoming('one'), ['handler', 'forward', 'mail']);
    await store.keep({ ...incoming('two'), receivedAt: later(5) }, []);
    for (const [route, settlement] of [
      ['handler', { state: 'due', retryDelayMs: hour, outcome: 'failed' }],
      ['forward', { state: 'dead', outcome: 'failed' }],
    ] as const)
      await store.settle(route, [{ claim: await claimOne(store, route), settlement }]);
    expect(await store.stats()).toEqual({
      lastReceivedAt: later(5),
      routes: new Map([
        ['forward', { blockedMerchants: 0, deadLetters: 1 }],
        ['handler', { oldestUndeliveredAt: start, blockedMerchants: 1, deadLetters: 0 }],
        ['mail', { oldestUndeliveredAt: start, blockedMerchants: 0, deadLetters: 0 }],
      ]),
    });
    expect(await Promise.all(['handler', 'forward', 'mail'].map(store.countOpen))).toEqual([1, 0, 1]);
  });

  test(`${engine}: stats show an old delivery that opens again`, async () => {
    const store = await opened();
    await store.keep(incoming('one'), ['handler']);
    await store.settle('handler', [{ claim: await claimOne(store), settlement: { state: 'taken' } }]);
    await store.keep({ ...incoming('two'), receivedAt: later(5) }, ['handler']);
    const oldest = async () => (await store.stats()).routes.get('handler')?.oldestUndeliveredAt;
    expect(await oldest()).toEqual(later(5));
    await store.maintenance.redeliver(
      { route: 'handler', states: ['taken'] },
      { takesEvent: () => true },
      'a test',
    );
    await eventually(async () => expect(await oldest()).toEqual(start));
  });

  test(`${engine}: lists the newest first, by merchant, event, verdict and limit`, async () => {
    const store = await opened();
    for (const id of ['one', 'two']) await store.keep(incoming(id), []);
    await store.keep({ ...incoming('three'), verdict: 'drift' }, []);
    const merchants = async (filter: object) =>
      (await store.list(filter)).map(({ merchantId }) => merchantId);
    expect(await merchants({})).toEqual(['three', 'two', 'one']);
    expect(await merchants({ limit: 2 })).toEqual(['three', 'two']);
    expect(await merchants({ merchantId: 'two' })).toEqual(['two']);
    expect(await merchants({ event: 'reject' })).toEqual([]);
    expect(await merchants({ verdict: 'valid' })).toEqual(['two', 'one']);
    expect(await merchants({ verdict: 'drift', event: 'accept' })).toEqual(['three']);
    expect(await merchants({ verdict: 'invalid' })).toEqual([]);
    const [newest] = await store.list({ limit: 1 });
    expect(await merchants({ before: newest?.id })).toEqual(['two', 'one']);
    expect(await merchants({ before: newest?.id, verdict: 'valid', event: 'accept', limit: 1 })).toEqual([
      'two',
    ]);
    expect(await merchants({ before: 'nothing' })).toEqual([]);
  });

  test(`${engine}: a delivery is claimed once, and its attempt is counted at the claim`, async () => {
    const store = await opened();
    const { id } = await store.keep(incoming('one'), ['handler']);
    const claims = await Promise.all([claim(store), claim(store)]);
    expect(claims.flat().map(({ attempt }) => attempt)).toEqual([1]);
    const [delivery] = (await store.get(id))?.deliveries ?? [];
    expect(delivery).toEqual({
      route: 'handler',
      state: 'claimed',
      attempts: [{ startedAt: expect.any(Date) }],
    });
  });

  test(`${engine}: a claim takes many merchants of one route, those that wait for longest first`, async () => {
    const store = await opened();
    for (const id of ['one', 'two', 'three']) await store.keep(incoming(id), ['handler']);
    await store.keep(incoming('four'), ['forward']);
    expect((await claim(store, 'handler', 2)).map(merchantOf)).toEqual(['one', 'two']);
    expect((await claim(store, 'handler', 2)).map(merchantOf)).toEqual(['three']);
    expect((await claim(store, 'forward', 2)).map(merchantOf)).toEqual(['four']);
  });

  test(`${engine}: retries are claimed apart from first attempts`, async () => {
    const store = await opened();
    for (const id of ['one', 'two']) await store.keep(incoming(id), ['handler']);
    const first = await claimOne(store);
    await store.settle('handler', [failedAttempt(first, 0)]);
    const { claims: retries } = await store.claim('handler', { fresh: 0, retries: 5 });
    expect(retries.map((retry) => [merchantOf(retry), retry.attempt])).toEqual([['one', 2]]);
    expect((await claim(store)).map(merchantOf)).toEqual(['two']);
  });

  test(`${engine}: of each merchant, only the oldest open delivery can be claimed`, async () => {
    const store = await opened();
    for (const [id, time] of [
      ['one', 1],
      ['one', 2],
      ['two', 1],
    ] as const)
      await store.keep(incoming(id, time), ['handler']);
    const claims = await claim(store);
    expect(claims.map(merchantOf)).toEqual(['one', 'two']);
    expect(await claim(store)).toEqual([]);
    await store.settle('handler', [
      { claim: claims[0] ?? (await claimOne(store)), settlement: { state: 'taken' } },
    ]);
    expect((await claim(store)).map(timeOf)).toEqual([2]);
  });

  test(`${engine}: a delivery is not claimed before it is due`, async () => {
    const store = await opened();
    expect(await store.nextDueIn('handler', 2 * hour)).toEqual({});
    await store.keep(incoming('one'), ['handler']);
    expect((await store.nextDueIn('handler', 2 * hour)).fresh).toBeLessThanOrEqual(0);
    await store.settle('handler', [failedAttempt(await claimOne(store), hour)]);
    const { retry, ...others } = await store.nextDueIn('handler', 2 * hour);
    expect([Math.ceil((retry ?? 0) / hour), others]).toEqual([1, {}]);
    expect(await store.nextDueIn('handler', hour / 2)).toEqual({});
    expect(await claim(store)).toEqual([]);
    await store.releaseDeferred('handler');
    expect((await claim(store)).map(({ attempt }) => attempt)).toEqual([2]);
  });

  test(`${engine}: later deliveries of a merchant wait for its failed one, in order`, async () => {
    const store = await opened();
    for (const time of [1, 2]) await store.keep(incoming('one', time), ['handler']);
    await store.settle('handler', [failedAttempt(await claimOne(store), hour)]);
    await store.keep(incoming('one', 3), ['handler']);
    const waiting = (await store.list({ merchantId: 'one' })).flatMap(({ deliveries }) => deliveries);
    expect(new Set(waiting.map(({ state }) => state))).toEqual(new Set(['due']));
    expect(new Set(waiting.map(({ nextAt }) => nextAt?.getTime())).size).toBe(1);
    expect(await claim(store)).toEqual([]);
    await store.releaseDeferred('handler');
    const order: unknown[] = [];
    for (let [next] = await claim(store); next; [next] = await claim(store)) {
      order.push(timeOf(next));
      await store.settle('handler', [{ claim: next, settlement: { state: 'taken' } }]);
    }
    expect(order).toEqual([1, 2, 3]);
  });

  test(`${engine}: a claim that is no longer held settles nothing`, async () => {
    const store = await opened();
    const { id } = await store.keep(incoming('one'), ['handler']);
    const old = await claimOne(store);
    await store.settle('handler', [failedAttempt(old, 0)]);
    await claim(store);
    await store.keep(incoming('two'), ['handler']);
    const settlement = { state: 'taken' } as const;
    const held = { claim: await claimOne(store), settlement };
    const lost = { claim: old, settlement };
    expect(await store.settle('handler', [lost, held, lost])).toEqual([false, true, false]);
    const [delivery] = (await store.get(id))?.deliveries ?? [];
    expect(delivery?.state).toBe('claimed');
    expect(delivery?.attempts.map(({ outcome }) => outcome)).toEqual(['failed', undefined]);
  });

  test(`${engine}: an abandoned claim can be reclaimed and settled`, async () => {
    const open = await prepare();
    const first = await open();
    const { id } = await first.keep(incoming('one'), ['handler']);
    const abandoned = await claimOne(first);
    await first.close();

    const second = await open();
    onTestFinished(() => second.close());
    expect(await claim(second)).toEqual([]);
    const [left, ...others] = await eventually(async () => {
      const claims = await second.reclaimExpired('handler');
      expect(claims).not.toEqual([]);
      return claims;
    });
    if (!left) throw new Error('Nothing was reclaimed.');
    const { event, verdict, body, dataKey, ...claimed } = abandoned;
    expect([{ ...left, token: abandoned.token }, others]).toEqual([claimed, []]);
    await second.settle('handler', [{ claim: left, settlement: { state: 'dead', outcome: 'was cut off' } }]);
    const [delivery] = (await second.get(id))?.deliveries ?? [];
    expect(delivery).toMatchObject({ state: 'dead', attempts: [{ outcome: 'was cut off' }] });
    expect(await second.reclaimExpired('handler')).toEqual([]);
  });
}

const hour = 3_600_000;

/** Claims first attempts and retries, at most `limit` of each. */
export async function claim(store: CallbackStore, route = 'handler', limit = 10): Promise<Claim[]> {
  return (await store.claim(route, { fresh: limit, retries: limit })).claims;
}

export async function claimOne(store: CallbackStore, route = 'handler'): Promise<Claim> {
  const [claimed] = await claim(store, route, 1);
  if (!claimed) throw new Error('Nothing was claimed.');
  return claimed;
}

export function failedAttempt(claim: Claim, retryDelayMs: number): SettledDelivery {
  return { claim, settlement: { state: 'due', retryDelayMs, outcome: 'failed' } };
}

function merchantOf({ body }: Claim): unknown {
  return JSON.parse(Buffer.from(body).toString()).merchantData.id;
}

function timeOf({ body }: Claim): unknown {
  return JSON.parse(Buffer.from(body).toString()).merchantData.actionTime;
}

import { expect, onTestFinished, test } from 'vitest';
import type { StoreOptions } from '../../src/store/engine/store-options.ts';
import type { OpenedStore } from '../../src/store/open-store.ts';
import { accepted, callback } from './callbacks.ts';
import { claimOne } from './claims.ts';
import { eventually } from './eventually.ts';
import { incoming, later, start } from './incoming-callbacks.ts';

const hour = 3_600_000;

/** Opens a database, with options over the defaults. */
export type Open = (options?: Partial<StoreOptions>) => Promise<OpenedStore>;

/**
 * Tests what every engine promises about the callbacks that it stores.
 *
 * @param prepare - Creates a database and returns a function that opens it. Each opening finds the earlier callbacks.
 */
export function testStore(engine: string, prepare: () => Promise<Open>): void {
  const opened = async () => {
    const store = await (await prepare())();
    onTestFinished(() => store.close());
    return store;
  };

  test(`${engine}: a store keeps a callback with its exact bytes and its deliveries`, async () => {
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

  test(`${engine}: an id or a filter with a NUL finds nothing`, async () => {
    const store = await opened();
    await store.keep(incoming('one'), ['handler']);
    expect(await store.get('\0')).toBeUndefined();
    const delivery = { route: 'a\0b', state: 'open' } as const;
    for (const filter of [{ before: '\0' }, { event: 'accept\0' }, { delivery }])
      expect(await store.list(filter)).toEqual([]);
  });

  test(`${engine}: a callback keeps the sender of each POST, and shows the first hundred`, async () => {
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

  test(`${engine}: stats show the oldest delivery, blocked merchants and dead deliveries of each route`, async () => {
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

  test(`${engine}: a list shows the newest first, by merchant, event, verdict and limit`, async () => {
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
}

import { expect, onTestFinished, test } from 'vitest';
import type { IncomingCallback } from '../../src/callback/incoming-callback.ts';
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
      ['handler', 'due'],
      ['forward', 'due'],
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

  test(`${engine}: stores the bytes of a repeat that differs, also within one commit`, async () => {
    const store = await opened();
    const callback = incoming('one');
    const other = { ...callback, body: Buffer.from('other bytes'), bodySha256: 'other' };
    const [first] = await Promise.all([
      store.keep(callback, []),
      store.keep(other, []),
      store.keep(callback, []),
    ]);
    expect(await store.get(first?.id ?? '')).toMatchObject({
      seenCount: 3,
      bodyBytes: callback.body.byteLength,
    });
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
      expect(way).toMatchObject({ event: 'accept', since: start, lastAt: later(9), count: 3, exampleId: id });
    expect(JSON.stringify(drift)).not.toContain('asha');
  });

  test(`${engine}: counts the oldest delivery, blocked merchants and dead deliveries`, async () => {
    const store = await opened();
    expect(await store.stats()).toEqual({ blockedKeys: 0, deadLetters: 0 });
    await store.keep(incoming('one'), ['handler', 'forward']);
    await store.keep({ ...incoming('two'), receivedAt: later(5) }, []);
    const [failed, dead] = [await store.claim(start), await store.claim(start)];
    if (failed) await store.settle(failed, start, { state: 'due', nextAt: later(1), outcome: 'failed' });
    if (dead) await store.settle(dead, start, { state: 'dead', outcome: 'failed' });
    expect(await store.stats()).toEqual({
      oldestUndeliveredAt: start,
      lastReceivedAt: later(5),
      blockedKeys: 1,
      deadLetters: 1,
    });
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
    const claims = await Promise.all([store.claim(start), store.claim(start)]);
    expect(claims.filter((claim) => claim?.attempt === 1)).toHaveLength(1);
    expect(claims).toContain(undefined);
    const [delivery] = (await store.get(id))?.deliveries ?? [];
    expect(delivery).toMatchObject({ state: 'claimed', attempts: [{ startedAt: start }] });
  });

  test(`${engine}: of each merchant, only the oldest open delivery can be claimed`, async () => {
    const store = await opened();
    await store.keep(incoming('one', 1), ['handler']);
    await store.keep(incoming('one', 2), ['handler']);
    await store.keep(incoming('two', 1), ['handler']);
    const [first, second, none] = [
      await store.claim(start),
      await store.claim(start),
      await store.claim(start),
    ];
    expect([first?.callbackId === second?.callbackId, none]).toEqual([false, undefined]);
    if (first) await store.settle(first, start, { state: 'taken' });
    expect((await store.claim(start))?.attempt).toBe(1);
  });

  test(`${engine}: a delivery is not claimed before it is due`, async () => {
    const store = await opened();
    expect(await store.nextDueAt()).toBeUndefined();
    await store.keep(incoming('one'), ['handler']);
    expect(await store.nextDueAt()).toEqual(start);
    const claim = await store.claim(start);
    if (claim) await store.settle(claim, start, { state: 'due', nextAt: later(1000), outcome: 'failed' });
    expect(await store.nextDueAt()).toEqual(later(1000));
    expect(await store.claim(later(999))).toBeUndefined();
    expect((await store.claim(later(1000)))?.attempt).toBe(2);
  });

  test(`${engine}: later deliveries of a merchant wait for its failed one, in order`, async () => {
    const store = await opened();
    await store.keep(incoming('one', 1), ['handler']);
    await store.keep(incoming('one', 2), ['handler']);
    const first = await store.claim(start);
    if (first) await store.settle(first, start, { state: 'due', nextAt: later(1000), outcome: 'failed' });
    await store.keep(incoming('one', 3), ['handler']);
    await store.keep(incoming('two', 1), ['forward']);
    const waiting = (await store.list({ merchantId: 'one' })).flatMap(({ deliveries }) => deliveries);
    expect(waiting.map(({ nextAt }) => nextAt)).toEqual([later(1000), later(1000), later(1000)]);

    expect((await store.claim(later(999)))?.route).toBe('forward');
    const order = [];
    for (let claim = await store.claim(later(1000)); claim; claim = await store.claim(later(1000))) {
      order.push(JSON.parse(Buffer.from(claim.body).toString()).merchantData.actionTime);
      await store.settle(claim, later(1000), { state: 'taken' });
    }
    expect(order).toEqual([1, 2, 3]);
  });

  test(`${engine}: a claim that is no longer held settles nothing`, async () => {
    const store = await opened();
    const { id } = await store.keep(incoming('one'), ['handler']);
    const old = await store.claim(start);
    if (!old) throw new Error('Nothing was claimed.');
    await store.settle(old, start, { state: 'due', nextAt: start, outcome: 'failed' });
    await store.claim(start);
    await store.settle(old, start, { state: 'taken' });
    const [delivery] = (await store.get(id))?.deliveries ?? [];
    expect(delivery?.state).toBe('claimed');
    expect(delivery?.attempts.map(({ outcome }) => outcome)).toEqual(['failed', undefined]);
  });

  test(`${engine}: an abandoned claim can be reclaimed and settled`, async () => {
    const open = await prepare();
    const first = await open();
    const { id } = await first.keep(incoming('one'), ['handler']);
    const claim = await first.claim(start);
    await first.close();

    const second = await open();
    onTestFinished(() => second.close());
    expect(await second.claim(start)).toBeUndefined();
    const [left, ...others] = await eventually(async () => {
      const claims = await second.reclaimExpired();
      expect(claims).not.toEqual([]);
      return claims;
    });
    expect([{ ...left, token: claim?.token }, others]).toEqual([claim, []]);
    if (left) await second.settle(left, start, { state: 'dead', outcome: 'was cut off' });
    const [delivery] = (await second.get(id))?.deliveries ?? [];
    expect(delivery).toMatchObject({ state: 'dead', attempts: [{ outcome: 'was cut off' }] });
    expect(await second.reclaimExpired()).toEqual([]);
  });
}

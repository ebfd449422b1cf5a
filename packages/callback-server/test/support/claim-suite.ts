import { expect, onTestFinished, test } from 'vitest';
import type { Claim } from '../../src/callback/delivery.ts';
import { claim, claimOne, failedAttempt } from './claims.ts';
import { eventually } from './eventually.ts';
import { incoming } from './incoming-callbacks.ts';
import type { Open } from './store-suite.ts';

const hour = 3_600_000;

/** Tests what every engine promises about claims and their settlement. */
export function testClaims(engine: string, prepare: () => Promise<Open>): void {
  const opened = async () => {
    const store = await (await prepare())();
    onTestFinished(() => store.close());
    return store;
  };

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

  test(`${engine}: a claim takes many merchants of one route, and those that have waited longest first`, async () => {
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

  test(`${engine}: later deliveries of a merchant wait for its failed delivery, in order`, async () => {
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

function merchantOf({ body }: Claim): unknown {
  return JSON.parse(Buffer.from(body).toString()).merchantData.id;
}

function timeOf({ body }: Claim): unknown {
  return JSON.parse(Buffer.from(body).toString()).merchantData.actionTime;
}

import { afterEach, describe, expect, test, vi } from 'vitest';
import { AbortedError, createDecisions, WaitTimeoutError } from '../../src/index.ts';
import { pull } from '../support/example-input.ts';
import { late, stayPending } from '../support/pending-wait.ts';
import { startProvider } from '../support/provider.ts';

describe('a wait', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('a callback resets the intervals', async () => {
    const { pulls, notify, end } = stayPending();
    await vi.advanceTimersByTimeAsync(400_000);
    expect(pulls.at(-1)).toBe(360_000);
    notify();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(pulls.slice(-2)).toEqual([400_000, 430_000]);
    await end();
  });

  test('a callback during a pull causes another pull, 5 seconds after the first', async () => {
    const { pulls, pullMerchant, notify, end } = stayPending();
    const responded = Promise.withResolvers<void>();
    pullMerchant.finish = () => responded.promise;
    notify();
    await vi.advanceTimersByTimeAsync(0);
    notify();
    pullMerchant.finish = async () => {};
    responded.resolve();
    await vi.advanceTimersByTimeAsync(5000);
    expect(pulls).toEqual([0, 5000]);
    await end();
  });

  test('10,000 forged callbacks cause at most one pull of each merchant in 5 seconds', async () => {
    const others = ['6553f1000000000000000005', '6553f1000000000000000006'];
    const { decisions, pulls, notify, end } = stayPending();
    const controller = new AbortController();
    const { signal } = controller;
    // Two waits for the first merchant share its pulls in 5 seconds.
    const waits = [pull.merchantId, ...others].map((merchantId) =>
      decisions.waitFor({ ...pull, merchantId }, { signal }),
    );
    for (let step = 0; step < 100; step += 1) {
      for (let callback = 0; callback < 100; callback += 1)
        for (const id of [pull.merchantId, ...others]) notify(id);
      await vi.advanceTimersByTimeAsync(190);
    }
    expect(pulls).toEqual([0, 0, 0, 5000, 5000, 5000, 10_000, 10_000, 10_000, 15_000, 15_000, 15_000]);
    controller.abort();
    for (const wait of waits) await expect(wait).rejects.toBeInstanceOf(AbortedError);
    await end();
  });

  test('a callback wakes all waits for its merchant, which share one pull, and no other wait', async () => {
    const { decisions, wait, pulls, pullMerchant, notify, end } = stayPending();
    const second = decisions.waitFor(pull);
    const controller = new AbortController();
    const otherPull = { ...pull, merchantId: '6553f1000000000000000009' };
    const other = decisions.waitFor(otherPull, { signal: controller.signal });
    pullMerchant.status = 'accept';
    expect(notify()).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(await Promise.all([wait, second])).toMatchObject([{ decision: 'accept' }, { decision: 'accept' }]);
    expect(pulls).toEqual([0]);
    expect(notify()).toBe(false);
    controller.abort();
    await expect(other).rejects.toBeInstanceOf(AbortedError);
    await expect(end()).rejects.toThrow();
  });

  test('a pull that began before a callback does not count for the waits that the callback wakes', async () => {
    const { decisions, wait, pulls, pullMerchant, notify, end } = stayPending({ firstPullAfterMs: 1000 });
    const second = decisions.waitFor(pull);
    const responded = Promise.withResolvers<void>();
    pullMerchant.finish = () => responded.promise;
    await vi.advanceTimersByTimeAsync(1001);
    notify();
    responded.resolve();
    await vi.advanceTimersByTimeAsync(0);
    pullMerchant.status = 'accept';
    await vi.advanceTimersByTimeAsync(5000);
    expect(await Promise.all([wait, second])).toMatchObject([{ decision: 'accept' }, { decision: 'accept' }]);
    expect(pulls).toEqual([1000, 6000]);
    await expect(end()).rejects.toThrow();
  });

  test('waits for one merchant in two realms do not share a pull', async () => {
    const { decisions, pulls, notify, end } = stayPending();
    const controller = new AbortController();
    const { signal } = controller;
    const other = decisions.waitFor({ ...pull, realmId: '6553e0000000000000000009' }, { signal });
    notify();
    await vi.advanceTimersByTimeAsync(5000);
    expect(pulls).toEqual([0, 5000]);
    controller.abort();
    await expect(other).rejects.toBeInstanceOf(AbortedError);
    await end();
  });

  test('callbacks cause at most one pull of a merchant in 5 seconds, even if waits follow each other', async () => {
    const { decisions, pulls, notify, end } = stayPending();
    const controller = new AbortController();
    notify();
    await vi.advanceTimersByTimeAsync(0);
    await end();
    for (let step = 0; step < 10; step += 1) {
      const wait = decisions.waitFor(pull, { signal: controller.signal, deadlineMs: 500 });
      const failure = expect(wait).rejects.toBeInstanceOf(WaitTimeoutError);
      notify();
      await vi.advanceTimersByTimeAsync(700);
      await failure;
    }
    // Each wait pulls once at half of its deadline, without a callback.
    expect(pulls.filter((at) => at % 700 !== 250)).toEqual([0]);
  });

  test('a callback causes one request, even if the provider is not able to respond', async () => {
    await using provider = await startProvider({ pullMerchant: () => ({ status: 503 }) });
    const seen = Promise.withResolvers<void>();
    const partner = provider.client({ onEvent: ({ type }) => type === 'error' && seen.resolve() });
    const decisions = createDecisions(partner);
    const controller = new AbortController();
    const wait = decisions.waitFor(pull, { ...late, signal: controller.signal });
    decisions.notify({ merchantData: { id: pull.merchantId } });
    await seen.promise;
    expect(provider.count('pullMerchant')).toBe(1);
    controller.abort();
    await expect(wait).rejects.toBeInstanceOf(AbortedError);
  });

  const throwing = new Proxy(
    {},
    {
      get() {
        throw new Error('not readable');
      },
    },
  );

  test.each([
    null,
    undefined,
    7,
    'text',
    Symbol('text'),
    [],
    {},
    { merchantData: null },
    { merchantData: { id: {} } },
    { merchantData: { id: { toString: 'text' } } },
    { merchantData: { id: Object.create(null) } },
    { merchantData: { id: Symbol('id') } },
    throwing,
    { merchantData: throwing },
  ])('notify ignores the callback %#', (callback) => {
    const pullMerchant = () => Promise.reject(new Error('not to be called'));
    expect(createDecisions({ pullMerchant }).notify(callback)).toBe(false);
  });
});

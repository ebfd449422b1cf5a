import { afterEach, describe, expect, test, vi } from 'vitest';
import { AbortedError, createDecisions, createPartnerClient } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { late } from '../support/pending-wait.ts';
import { credentials } from '../support/provider.ts';

describe('a wait', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each(['5', '20', '30'])(
    'a Retry-After of %s s for one merchant delays the pulls that callbacks cause for all merchants',
    async (retryAfter) => {
      vi.useFakeTimers();
      const pulls: string[] = [];
      const fetch = async ({ url }: Request) => {
        if (url.endsWith('login')) return Response.json({ id: 'token' });
        pulls.push(url);
        if (pulls.length > 1) return Response.json(success('pullMerchant').body);
        return new Response('{}', { status: 429, headers: { 'Retry-After': retryAfter } });
      };
      const decisions = createDecisions(
        createPartnerClient({ environment: 'preproduction', credentials, fetch }),
      );
      const limited = decisions.waitFor(pull, { firstPullAfterMs: 0 });
      const other = { ...pull, merchantId: '6553f1000000000000000010' };
      const called = decisions.waitFor(other, late);
      await vi.advanceTimersByTimeAsync(1);
      decisions.notify({ merchantData: { id: other.merchantId } });
      await vi.advanceTimersByTimeAsync(Number(retryAfter) * 1000 - 10);
      expect(pulls.length).toBe(1);
      await vi.advanceTimersByTimeAsync(30_000);
      await expect(called).resolves.toMatchObject({ decision: 'accept' });
      await expect(limited).resolves.toMatchObject({ decision: 'accept' });
    },
  );

  test.each([429, 503])(
    'no callback makes waits pull while the Retry-After of a %i lasts',
    async (status) => {
      vi.useFakeTimers();
      const startedAt = performance.now();
      const pulls: number[] = [];
      const fetch = async ({ url }: Request) => {
        if (url.endsWith('login')) return Response.json({ id: 'token' });
        if (pulls.push(performance.now() - startedAt) > 1) return Response.json(success('pullMerchant').body);
        return new Response('{}', { status, headers: { 'Retry-After': '60' } });
      };
      const partner = createPartnerClient({ environment: 'preproduction', credentials, fetch });
      const decisions = createDecisions(partner);
      const ids = Array.from({ length: 20 }, (_, index) => `6553f10000000000000000${index + 10}`);
      const waits = ids.map((merchantId) => decisions.waitFor({ ...pull, merchantId }, late));
      for (const id of ids) {
        decisions.notify({ merchantData: { id } });
        await vi.advanceTimersByTimeAsync(2000);
      }
      expect(pulls).toEqual([0]);
      await vi.advanceTimersByTimeAsync(20_000);
      expect(pulls.length).toBe(21);
      for (const wait of waits) await expect(wait).resolves.toMatchObject({ decision: 'accept' });
    },
  );

  test('callbacks cause no pull during a long Retry-After, and the wait still makes its own pulls', async () => {
    vi.useFakeTimers();
    const startedAt = performance.now();
    const pulls: number[] = [];
    const fetch = async ({ url }: Request) => {
      if (url.endsWith('login')) return Response.json({ id: 'token' });
      if (pulls.push(Math.floor((performance.now() - startedAt) / 1000)) > 1)
        return Response.json({ result: { merchantData: { basicDetails: { status: 'pending' } } } });
      return new Response('{}', { status: 429, headers: { 'Retry-After': '3600' } });
    };
    const partner = createPartnerClient({ environment: 'preproduction', credentials, fetch });
    const decisions = createDecisions(partner);
    const controller = new AbortController();
    const wait = decisions.waitFor(pull, {
      firstPullAfterMs: 0,
      intervalMs: 600_000,
      signal: controller.signal,
    });
    const ended = expect(wait).rejects.toBeInstanceOf(AbortedError);
    for (let second = 0; second < 4000; second += 50) {
      decisions.notify({ merchantData: { id: pull.merchantId } });
      await vi.advanceTimersByTimeAsync(50_000);
    }
    expect(pulls.filter((second) => second < 3600)).toEqual([0, 600, 1200, 1800, 2400, 3000]);
    // Later, each callback causes a pull.
    expect(pulls.length).toBeGreaterThan(12);
    controller.abort();
    await ended;
  });

  test.each(['2147484', '9999999', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'a Retry-After of %s, which is longer than a timer can wait, counts as five minutes',
    async (retryAfter) => {
      vi.useFakeTimers();
      const timers = vi.spyOn(globalThis, 'setTimeout');
      let pulls = 0;
      const fetch = async ({ url }: Request) => {
        if (url.endsWith('login')) return Response.json({ id: 'token' });
        pulls += 1;
        if (pulls > 1) return Response.json(success('pullMerchant').body);
        return new Response('{}', { status: 503, headers: { 'Retry-After': retryAfter } });
      };
      const partner = createPartnerClient({ environment: 'preproduction', credentials, fetch });
      const wait = createDecisions(partner).waitFor(pull, { firstPullAfterMs: 0 });
      await vi.advanceTimersByTimeAsync(299_000);
      expect(pulls).toBe(1);
      await vi.advanceTimersByTimeAsync(1001);
      await expect(wait).resolves.toMatchObject({ decision: 'accept' });
      expect(timers.mock.calls.filter(([, delayMs = 0]) => delayMs < 1 || delayMs >= 2 ** 31)).toEqual([]);
      expect(timers.mock.calls.length).toBeLessThan(10);
      timers.mockRestore();
    },
  );
});

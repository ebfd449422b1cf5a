import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  AbortedError,
  ContractError,
  createDecisions,
  createPartnerClient,
  NotFoundError,
  type WaitOptions,
  WaitTimeoutError,
} from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { credentials, startProvider } from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';

const soon: WaitOptions = { firstPullAfterMs: 1, intervalMs: 1 };
/** Late enough that only something else can end the wait. */
const late: WaitOptions = { firstPullAfterMs: 3_600_000 };

/** Starts a provider whose case has one of these statuses at each pull, and keeps the last. */
function startCase(...statuses: string[]) {
  const respond = (): ScriptedResponse => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    const basicDetails = { id: pull.merchantId, status };
    return { body: { result: { merchantData: { basicDetails } } } };
  };
  return startProvider({ pullMerchant: respond });
}

describe('a wait', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Waits for a case that stays pending, with a fake clock, and records the times of the pulls. */
  function stayPending(options: WaitOptions = {}) {
    vi.useFakeTimers();
    const startedAt = performance.now();
    const pulls: number[] = [];
    const pullMerchant = { finish: async () => {}, status: 'pending' };
    const decisions = createDecisions({
      async pullMerchant({ merchantId: id }) {
        pulls.push(performance.now() - startedAt);
        await pullMerchant.finish();
        return { result: { merchantData: { basicDetails: { id, status: pullMerchant.status } } } };
      },
    });
    const controller = new AbortController();
    const wait = decisions.waitFor(pull, { ...options, signal: controller.signal });
    const notify = (id = pull.merchantId) => decisions.notify({ merchantData: { id } });
    const end = async () => {
      controller.abort();
      await expect(wait).rejects.toBeInstanceOf(AbortedError);
    };
    return { decisions, wait, pulls, pullMerchant, notify, end };
  }

  test('pulls follow after 2.5 minutes, and then at intervals that double from 30 s to 10 minutes', async () => {
    const { pulls, end } = stayPending();
    await vi.advanceTimersByTimeAsync(3_000_000);
    const intervals = pulls.map((at, pull) => (at - (pulls[pull - 1] ?? 0)) / 1000);
    expect(intervals).toEqual([150, 30, 60, 120, 240, 480, 600, 600, 600]);
    await end();
    expect(vi.getTimerCount()).toBe(0);
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

  test('callbacks cause at most one pull of a merchant in 5 seconds, also over waits that follow each other', async () => {
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

  test.each(['5', '20', '30'])(
    'a Retry-After of %s s for one merchant delays the callbacks of all, and no pull waits for it alone',
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

  test('callbacks wait for the whole of a long Retry-After, and the wait itself pulls at its times', async () => {
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

  test('a wait keeps its merchant, even if the caller changes the input later', async () => {
    const decisions = createDecisions({
      pullMerchant: async ({ merchantId: id }) => ({
        result: { merchantData: { basicDetails: { id, status: 'accept' } } },
      }),
    });
    const input = { ...pull };
    const ids = ['6553f1000000000000000011', '6553f1000000000000000012'];
    const waits = ids.map((merchantId) => decisions.waitFor(Object.assign(input, { merchantId }), soon));
    const decided = await Promise.all(waits);
    expect(decided.map(({ merchantId }) => merchantId)).toEqual(ids);
    expect(decided.map(({ merchant }) => merchant.result.merchantData.basicDetails.id)).toEqual(ids);
  });

  test.each([undefined, {}, { realmId: pull.realmId }, { ...pull, merchantId: '..' }])(
    'the input %j is rejected at once, and not by the first pull',
    async (input) => {
      const { decisions, pulls, end } = stayPending();
      await expect(decisions.waitFor(input as typeof pull)).rejects.toThrow(
        /^pullMerchant needs a valid merchantId/,
      );
      expect(pulls).toEqual([]);
      await end();
    },
  );

  test('the last pull leaves time for its response before the deadline', async () => {
    const { pulls, wait } = stayPending({ deadlineMs: 100_000 });
    const failure = expect(wait).rejects.toBeInstanceOf(WaitTimeoutError);
    await vi.advanceTimersByTimeAsync(100_000);
    await failure;
    expect(pulls).toEqual([90_000]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('firstPullAfterMs 0 begins with a pull, and intervalMs 0 is rejected', async () => {
    const { decisions, pulls, end } = stayPending({ firstPullAfterMs: 0 });
    await vi.advanceTimersByTimeAsync(0);
    expect(pulls).toEqual([0]);
    await end();
    await expect(decisions.waitFor(pull, { intervalMs: 0 })).rejects.toThrow(RangeError);
    await expect(decisions.waitFor(pull, { deadlineMs: 0 })).rejects.toThrow(RangeError);
  });

  test('the deadline ends a pull that is in progress', async () => {
    vi.useFakeTimers();
    const pulls: Request[] = [];
    const fetch = async (request: Request) => {
      if (request.url.endsWith('login')) return Response.json({ id: 'token' });
      pulls.push(request);
      return new Promise<Response>(() => {});
    };
    const partner = createPartnerClient({ environment: 'preproduction', credentials, fetch });
    const wait = createDecisions(partner).waitFor(pull, { ...soon, deadlineMs: 300 });
    const failure = expect(wait).rejects.toBeInstanceOf(WaitTimeoutError);
    await vi.advanceTimersByTimeAsync(300);
    await failure;
    expect(pulls.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  test('a wait pulls no more after its deadline, even if its pull cannot be ended', async () => {
    const { pulls, pullMerchant, wait } = stayPending({ ...soon, deadlineMs: 1000 });
    const responded = Promise.withResolvers<void>();
    pullMerchant.finish = () => responded.promise;
    const failure = expect(wait).rejects.toBeInstanceOf(WaitTimeoutError);
    await vi.advanceTimersByTimeAsync(1000);
    await failure;
    responded.resolve();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pulls).toEqual([1]);
  });

  test.each([
    () => {
      throw new Error('thrown');
    },
    () => Promise.reject(new Error('rejected')),
    () => new Promise(() => {}),
  ])('an onStatus that fails or hangs does not end the wait: %s', async (onStatus) => {
    await using provider = await startCase('new', 'accept');
    const decision = await createDecisions(provider.partner).waitFor(pull, { ...soon, onStatus });
    expect(decision).toMatchObject({ decision: 'accept' });
  });

  test.each([{ result: {} }, { result: 'x' }, { result: { merchantData: { basicDetails: { status: 7 } } } }])(
    'a pull without a status ends the wait with a ContractError: %j',
    async (body) => {
      await using provider = await startProvider({ pullMerchant: () => ({ body: JSON.stringify(body) }) });
      const failure = createDecisions(provider.partner).waitFor(pull, soon);
      await expect(failure).rejects.toBeInstanceOf(ContractError);
      await expect(failure).rejects.toThrow('/result/merchantData/basicDetails/status (type)');
    },
  );

  test.each([{ body: { blocked: true } }, { body: null }, { body: { result: null } }])(
    'a pull whose response is not the API’s, $body, does not end the wait',
    async ({ body }) => {
      const basicDetails = { id: pull.merchantId, status: 'accept' };
      const bodies: unknown[] = [{ result: { merchantData: { basicDetails } } }, body];
      await using provider = await startProvider({
        pullMerchant: () => ({ body: JSON.stringify(bodies.pop()) }),
      });
      const decision = await createDecisions(provider.client({ retry: false })).waitFor(pull, soon);
      expect(decision).toMatchObject({ decision: 'accept' });
    },
  );

  test('a status that may contain other data is not in the error', async () => {
    const { wait, pulls, pullMerchant } = stayPending({ ...soon, deadlineMs: 400 });
    pullMerchant.status = 'pending\nAsha: +91 0000000002';
    const failure = wait.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(400);
    const error = await failure;
    expect(pulls).not.toEqual([]);
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(JSON.stringify(error) + String(error)).not.toContain('Asha');
  });

  test('each pull of a wait sends the version', async () => {
    await using provider = await startCase('pending', 'accept');
    await createDecisions(provider.partner).waitFor(pull, soon);
    const pulled = provider.arrivals.filter(({ path }) => path.includes('pullMerchant'));
    expect(pulled.map(({ query }) => query['version'])).toEqual(['1.1.0', '1.1.0']);
  });

  test('waitFor fails at its deadline, with the last status', async () => {
    const { wait } = stayPending({ ...soon, deadlineMs: 400 });
    const failure = wait.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(400);
    const error = await failure;
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(error).toMatchObject({ operationId: 'pullMerchant', status: 'pending' });
    expect(String(error)).toContain('(the status is pending)');
  });

  test('waitFor ends immediately when it is aborted', async () => {
    await using provider = await startCase('pending');
    const controller = new AbortController();
    const failure = createDecisions(provider.partner).waitFor(pull, { ...late, signal: controller.signal });
    controller.abort(new Error('secret reason'));
    await expect(failure).rejects.toBeInstanceOf(AbortedError);
    await expect(failure).rejects.toMatchObject({ attempts: 0 });
    expect(provider.arrivals).toEqual([]);
  });

  test('waitFor outlasts transient failures, and fails with permanent ones', async () => {
    const responses: ScriptedResponse[] = [{ status: 503 }, success('pullMerchant')];
    await using provider = await startProvider({
      pullMerchant: () => responses.shift() ?? { status: 404, body: {} },
    });
    const decisions = createDecisions(provider.client({ retry: false }));
    expect(await decisions.waitFor(pull, soon)).toMatchObject({ decision: 'accept' });
    await expect(decisions.waitFor(pull, soon)).rejects.toBeInstanceOf(NotFoundError);
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

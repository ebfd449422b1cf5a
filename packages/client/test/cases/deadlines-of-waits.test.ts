import { afterEach, describe, expect, test, vi } from 'vitest';
import { createDecisions, createPartnerClient, WaitTimeoutError } from '../../src/index.ts';
import { pull } from '../support/example-input.ts';
import { soon, stayPending } from '../support/pending-wait.ts';
import { credentials } from '../support/provider.ts';

describe('a wait', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('the last pull leaves time for its response before the deadline', async () => {
    const { pulls, wait } = stayPending({ deadlineMs: 100_000 });
    const failure = expect(wait).rejects.toBeInstanceOf(WaitTimeoutError);
    await vi.advanceTimersByTimeAsync(100_000);
    await failure;
    expect(pulls).toEqual([90_000]);
    expect(vi.getTimerCount()).toBe(0);
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

  test('a wait starts no pull after its deadline, even if nothing can end the last pull', async () => {
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

  test('waitFor fails at its deadline, with the last status', async () => {
    const { wait } = stayPending({ ...soon, deadlineMs: 400 });
    const failure = wait.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(400);
    const error = await failure;
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(error).toMatchObject({ operationId: 'pullMerchant', status: 'pending' });
    expect(String(error)).toContain('(the status is pending)');
  });
});

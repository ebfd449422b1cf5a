import { afterEach, describe, expect, test, vi } from 'vitest';
import { LoginError } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { credentials, startProvider } from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('logins', () => {
  test('a rejected login fails all waiting calls, and is followed by a backoff', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const responses: ScriptedResponse[] = [{ status: 401, body: { error: { code: 'LOGIN_FAILED' } } }];
    await using provider = await startProvider({
      loginPartner: () => responses.shift() ?? success('loginPartner'),
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => provider.partner.pullMerchant(pull)),
    );
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        reason: { operationId: 'loginPartner', status: 401, code: 'LOGIN_FAILED' },
      });
      expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(LoginError);
    }
    expect([provider.count('loginPartner'), provider.count('pullMerchant')]).toEqual([1, 0]);
    vi.advanceTimersByTime(999);
    await expect(provider.partner.pullMerchant(pull)).rejects.toBeInstanceOf(LoginError);
    expect(provider.count('loginPartner')).toBe(1);
    vi.advanceTimersByTime(1);
    await provider.partner.pullMerchant(pull);
    expect(provider.count('loginPartner')).toBe(2);
  });

  test('the credentials function is called once for each login, and not during the backoff', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    await using provider = await startProvider({
      loginPartner: ({ body }) =>
        JSON.parse(`${body}`).password === 'changed' ? success('loginPartner') : { status: 401 },
    });
    let password = 'old';
    const rotating = vi.fn(() => ({ ...credentials, password }));
    const partner = provider.client({ credentials: rotating });
    for (let call = 0; call < 5; call += 1)
      await expect(partner.pullMerchant(pull)).rejects.toBeInstanceOf(LoginError);
    expect(rotating).toHaveBeenCalledTimes(1);
    password = 'changed';
    vi.advanceTimersByTime(1000);
    await partner.pullMerchant(pull);
    expect([rotating.mock.calls.length, provider.count('loginPartner')]).toEqual([2, 2]);
  });

  test('the backoff lasts 1, 2, 4, 8, 16, 30 and 30 seconds, and starts again at 1 after a success', async () => {
    let down = true;
    vi.useFakeTimers({ toFake: ['performance'] });
    await using provider = await startProvider({
      loginPartner: () => (down ? { status: 503 } : { body: { id: 'token', ttl: 1 } }),
    });
    const partner = provider.client({ retry: false });
    const pullAll = () => Promise.allSettled(Array.from({ length: 20 }, () => partner.pullMerchant(pull)));
    await pullAll();
    for (const [at, seconds] of [1, 2, 4, 8, 16, 30, 30].entries()) {
      vi.advanceTimersByTime(seconds * 1000 - 1);
      await pullAll();
      expect(provider.count('loginPartner')).toBe(at + 1);
      vi.advanceTimersByTime(1);
      await pullAll();
      expect(provider.count('loginPartner')).toBe(at + 2);
    }
    down = false;
    vi.advanceTimersByTime(30_000);
    await partner.pullMerchant(pull);
    down = true;
    vi.advanceTimersByTime(1000);
    await pullAll();
    vi.advanceTimersByTime(1000);
    await pullAll();
    expect(provider.count('loginPartner')).toBe(11);
  });

  test.each([
    { seconds: 60, backoff: 60 },
    { seconds: 3600, backoff: 300 },
  ])('a Retry-After of $seconds s makes the backoff last $backoff s', async ({ seconds, backoff }) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const responses: ScriptedResponse[] = [{ status: 429, headers: { 'Retry-After': String(seconds) } }];
    await using provider = await startProvider({
      loginPartner: () => responses.shift() ?? success('loginPartner'),
    });
    const limited = { name: 'RateLimitError', operationId: 'loginPartner', retryAfterMs: seconds * 1000 };
    const partner = provider.client({ retry: false });
    await expect(partner.pullMerchant(pull)).rejects.toMatchObject(limited);
    vi.advanceTimersByTime(backoff * 1000 - 1);
    await expect(partner.pullMerchant(pull)).rejects.toMatchObject(limited);
    vi.advanceTimersByTime(1);
    await partner.pullMerchant(pull);
    expect(provider.count('loginPartner')).toBe(2);
  });
});

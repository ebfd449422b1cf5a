import { describe, expect, test } from 'vitest';
import type { CallOptions } from '../../src/index.ts';
import { pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

describe('retries of a call', () => {
  const busy = { pullMerchant: () => ({ status: 503 }) };

  test.each<[CallOptions['retry'], number]>([
    [undefined, 2],
    [false, 1],
    [{ maxAttempts: 1 }, 1],
    [{ maxAttempts: 3 }, 3],
    [{ budgetMs: 0 }, 1],
    [{ maxAttempts: undefined }, 2],
  ])('a call with retry %j makes %i attempts, where the client allows 2', async (retry, attempts) => {
    await using provider = await startProvider(busy);
    const partner = provider.client({ retry: { maxAttempts: 2 } });
    await expect(partner.pullMerchant(pull, { retry })).rejects.toMatchObject({ attempts });
    expect(provider.count('pullMerchant')).toBe(attempts);
  });

  test('a call can retry although the client does not', async () => {
    await using provider = await startProvider(busy);
    const partner = provider.client({ retry: false });
    await expect(partner.pullMerchant(pull, { retry: { maxAttempts: 2 } })).rejects.toMatchObject({
      attempts: 2,
    });
  });

  test('with maxRetryAfterMs 0 the client waits for no Retry-After', async () => {
    await using provider = await startProvider({
      pullMerchant: () => ({ status: 429, headers: { 'Retry-After': '1' } }),
    });
    const partner = provider.client({ retry: { maxRetryAfterMs: 0 } });
    await expect(partner.pullMerchant(pull)).rejects.toMatchObject({ attempts: 1, retryAfterMs: 1000 });
  });

  test.each<object>([
    { maxAttempts: 0 },
    { maxAttempts: -1 },
    { budgetMs: -1 },
    { maxRetryAfterMs: Number.NaN },
    // JavaScript would append a text to the time. The client would then trust "not found" after milliseconds.
    { maxProcessingMs: '60000' },
    { budgetMs: '60000' },
    { maxAttempts: true },
  ])('the limits %j are rejected, for the client and for a call', async (retry) => {
    await using provider = await startProvider();
    expect(() => provider.client({ retry })).toThrow(RangeError);
    await expect(provider.partner.pullMerchant(pull, { retry })).rejects.toThrow(RangeError);
    expect(provider.arrivals).toEqual([]);
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import { ServerError } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { countedTokens, startProvider } from '../support/provider.ts';
import { type ScriptedResponse, unauthorized } from '../support/scripted-provider.ts';
import { times } from '../support/times.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('tokens', () => {
  test.each([undefined, null, -1, 'forever'])(
    'a token with the ttl %j is used until it is rejected',
    async (ttl) => {
      await using provider = await startProvider({ loginPartner: () => ({ body: { id: 'token', ttl } }) });
      vi.useFakeTimers({ toFake: ['performance'] });
      await provider.partner.pullMerchant(pull);
      vi.advanceTimersByTime(365 * 24 * 3600 * 1000);
      await provider.partner.pullMerchant(pull);
      expect(provider.count('loginPartner')).toBe(1);
    },
  );

  test.each([
    { ttl: 1, margin: 0.1 },
    { ttl: 300, margin: 30 },
    { ttl: 1209600, margin: 60 },
  ])(
    'a token with a ttl of $ttl s is renewed in the background $margin s before its end',
    async ({ ttl, margin }) => {
      const renewed = Promise.withResolvers<void>();
      const next = countedTokens(ttl);
      await using provider = await startProvider({
        loginPartner: () => {
          const response = next();
          if (provider.count('loginPartner') === 2) renewed.resolve();
          return response;
        },
      });
      vi.useFakeTimers({ toFake: ['performance'] });
      await provider.partner.pullMerchant(pull);
      vi.advanceTimersByTime((ttl - margin) * 1000 - 1);
      await provider.partner.pullMerchant(pull);
      expect(provider.count('loginPartner')).toBe(1);
      vi.advanceTimersByTime(1);
      await provider.partner.pullMerchant(pull);
      await renewed.promise;
      await vi.waitUntil(
        async () => {
          await provider.partner.pullMerchant(pull);
          return provider.arrivals.at(-1)?.headers.authorization === 'token-2';
        },
        { timeout: 240_000 },
      );
      const tokens = provider.arrivals.flatMap(({ headers }) => headers.authorization ?? []);
      expect(tokens.slice(0, 3)).toEqual(['token-1', 'token-1', 'token-1']);
      expect(provider.count('loginPartner')).toBe(2);
    },
  );

  test('a token that cannot be renewed is used until its end', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const responses: ScriptedResponse[] = [{ body: { id: 'token', ttl: 100 } }];
    await using provider = await startProvider({
      loginPartner: () => responses.shift() ?? { status: 503 },
    });
    const partner = provider.client({ retry: false });
    await partner.pullMerchant(pull);
    vi.advanceTimersByTime(95_000);
    await times(5, () => partner.pullMerchant(pull));
    vi.advanceTimersByTime(5000);
    await expect(partner.pullMerchant(pull)).rejects.toBeInstanceOf(ServerError);
  });

  test('a token with a ttl of 0 is used only by the calls that waited for it', async () => {
    await using provider = await startProvider({ loginPartner: countedTokens(0) });
    await times(5, () => provider.partner.pullMerchant(pull));
    await provider.partner.pullMerchant(pull);
    expect(provider.count('loginPartner')).toBe(2);
  });

  test('a token that is revoked during 50 calls is renewed once, and all calls succeed', async () => {
    let valid = 'token-1';
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      pullMerchant: ({ headers }) =>
        headers.authorization === valid ? success('pullMerchant') : unauthorized,
    });
    await provider.partner.pullMerchant(pull);
    valid = 'token-2';
    await times(50, () => provider.partner.pullMerchant(pull));
    expect(provider.count('loginPartner')).toBe(2);
  });

  test('a late 401 does not discard the token that replaced the rejected token', async () => {
    const late = Promise.withResolvers<ScriptedResponse>();
    const arrived = Promise.withResolvers<void>();
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      createMerchant: ({ headers }) => {
        if (headers.authorization !== 'token-1') return success('createMerchant');
        arrived.resolve();
        return late.promise;
      },
      pullMerchant: ({ headers }) =>
        headers.authorization === 'token-1' ? unauthorized : success('pullMerchant'),
    });
    const slow = provider.partner.createMerchant(merchant);
    await arrived.promise;
    await provider.partner.pullMerchant(pull);
    late.resolve(unauthorized);
    await slow;
    expect(provider.count('loginPartner')).toBe(2);
    expect(provider.arrivals.at(-1)?.headers.authorization).toBe('token-2');
  });
});

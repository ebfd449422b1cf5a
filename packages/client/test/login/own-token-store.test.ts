import { describe, expect, test, vi } from 'vitest';
import { TimeoutError, type TokenStore } from '../../src/index.ts';
import { merchant, pull } from '../support/example-input.ts';
import { countedTokens, startProvider } from '../support/provider.ts';

describe('a custom token store', () => {
  const tokenStore = (renew: (...given: Parameters<TokenStore['renew']>) => unknown): TokenStore => ({
    renew: renew as TokenStore['renew'],
  });

  test('a renewal that hangs ends with the time limit, and the next call renews again', async () => {
    const hangs: Promise<never>[] = [new Promise(() => {})];
    await using provider = await startProvider({ loginPartner: countedTokens() });
    const store: TokenStore = { renew: (logIn) => hangs.shift() ?? logIn() };
    const partner = provider.client({ tokenStore: store, timeoutMs: 200, retry: false });
    const failure = partner.pullMerchant(pull);
    await expect(failure).rejects.toMatchObject({ name: 'TimeoutError', operationId: 'loginPartner' });
    await partner.pullMerchant(pull);
    expect(provider.arrivals.at(-1)?.headers.authorization).toBe('token-1');
  });

  test('a store that hangs after its login ends with the time limit', async () => {
    await using provider = await startProvider();
    const store: TokenStore = { renew: (logIn) => logIn().then(() => new Promise(() => {})) };
    const failure = provider.client({ tokenStore: store, timeoutMs: 200, retry: false }).pullMerchant(pull);
    await expect(failure).rejects.toMatchObject({ name: 'TimeoutError', operationId: 'loginPartner' });
    expect(provider.count('loginPartner')).toBe(1);
  });

  test('a store that returns before its login fails leaves no unhandled rejection', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    await using provider = await startProvider({ loginPartner: () => ({ status: 401 }) });
    const store = tokenStore((logIn) => {
      void logIn();
      return new Promise(() => {});
    });
    const failure = provider.client({ tokenStore: store, timeoutMs: 100, retry: false }).pullMerchant(pull);
    await expect(failure).rejects.toBeInstanceOf(TimeoutError);
    process.off('unhandledRejection', unhandled);
    expect(provider.count('loginPartner')).toBe(1);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test.each([
    null,
    'token',
    {},
    { requestedAt: 1 },
    { token: 'a\nb', requestedAt: 1 },
    { token: 'secret' },
    { token: 'secret', requestedAt: Number.NaN },
  ])('a renewal to %j fails, names the store, and sends nothing', async (renewed) => {
    await using provider = await startProvider();
    const partner = provider.client({ tokenStore: tokenStore(async () => renewed) });
    const failure = partner.createMerchant(merchant);
    await expect(failure).rejects.toThrow(TypeError);
    await expect(failure).rejects.toThrow(
      /^tokenStore\.renew must resolve to a token and its requestedAt\.$/,
    );
    expect(provider.arrivals).toEqual([]);
  });
});

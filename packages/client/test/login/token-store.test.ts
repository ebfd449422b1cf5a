import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTokenStore, LoginError, type StoredToken } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { countedTokens, startProvider } from '../support/provider.ts';
import { sharedStorage } from '../support/shared-storage.ts';

const unauthorized = { status: 401, body: {} };

afterEach(() => {
  vi.useRealTimers();
});

describe('token stores', () => {
  test('processes that start together log in once', async () => {
    const { storage, held } = sharedStorage();
    await using provider = await startProvider({ loginPartner: countedTokens(100) });
    const processes = Array.from({ length: 10 }, () =>
      provider.client({ tokenStore: createTokenStore(storage) }),
    );
    await Promise.all(
      processes.flatMap((partner) => [partner.pullMerchant(pull), partner.pullMerchant(pull)]),
    );
    expect(provider.count('loginPartner')).toBe(1);
    expect(held()).toMatchObject({ token: 'token-1', ttlSeconds: 100 });
    expect(Math.abs((held()?.issuedAt ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('a rejected token is renewed once for all processes', async () => {
    let valid = 'token-1';
    const { storage } = sharedStorage();
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      pullMerchant: ({ headers }) =>
        headers.authorization === valid ? success('pullMerchant') : unauthorized,
    });
    const processes = Array.from({ length: 10 }, () =>
      provider.client({ tokenStore: createTokenStore(storage) }),
    );
    await Promise.all(processes.map((partner) => partner.pullMerchant(pull)));
    valid = 'token-2';
    await Promise.all(processes.map((partner) => partner.pullMerchant(pull)));
    expect(provider.count('loginPartner')).toBe(2);
  });

  test('if all tokens of all processes are revoked, the calls share one login and none fails', async () => {
    let valid = 'token-of-this-process';
    const { storage } = sharedStorage();
    await storage.write({ token: valid, issuedAt: Date.now() });
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      pullMerchant: ({ headers }) =>
        headers.authorization === valid ? success('pullMerchant') : unauthorized,
    });
    const partner = provider.client({ tokenStore: createTokenStore(storage) });
    await partner.pullMerchant(pull);
    await storage.write({ token: 'token-of-another-process', issuedAt: Date.now() });
    valid = 'token-1';
    await Promise.all(Array.from({ length: 100 }, () => partner.pullMerchant(pull)));
    expect(provider.count('loginPartner')).toBe(1);
  });

  test('a call that is not permitted has at most three attempts, even if other processes store new tokens', async () => {
    let reads = 0;
    const read = async () => ({ token: `stored-${++reads}`, issuedAt: Date.now() });
    await using provider = await startProvider({ pullMerchant: () => unauthorized });
    const tokenStore = createTokenStore({ read, write: async () => {} });
    await expect(provider.client({ tokenStore }).pullMerchant(pull)).rejects.toMatchObject({ attempts: 3 });
    expect(provider.count('loginPartner')).toBe(0);
    const { storage } = sharedStorage();
    const failure = provider.client({ tokenStore: createTokenStore(storage) }).pullMerchant(pull);
    await expect(failure).rejects.toMatchObject({ name: 'AuthenticationError', attempts: 2 });
    expect(provider.count('loginPartner')).toBe(2);
  });

  test('a token ends at the same time for all processes', async () => {
    const { storage } = sharedStorage();
    await storage.write({ token: 'old', issuedAt: Date.now() - 95_000, ttlSeconds: 100 });
    await using provider = await startProvider({ loginPartner: countedTokens(100) });
    await provider.client({ tokenStore: createTokenStore(storage) }).pullMerchant(pull);
    expect(provider.arrivals.at(-1)?.headers.authorization).toBe('token-1');
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    await storage.write({ token: 'young', issuedAt: Date.now() - 50_000, ttlSeconds: 100 });
    const partner = provider.client({ tokenStore: createTokenStore(storage) });
    await partner.pullMerchant(pull);
    expect(provider.arrivals.at(-1)?.headers.authorization).toBe('young');
    vi.advanceTimersByTime(50_000);
    await partner.pullMerchant(pull);
    expect(provider.arrivals.at(-1)?.headers.authorization).toBe('token-2');
  });

  test.each([null, 7, 'text', {}, { token: 'a b', issuedAt: 1 }, { token: 'a' }, { token: '', issuedAt: 1 }])(
    'the client logs in if the storage contains %j',
    async (value) => {
      const { storage } = sharedStorage();
      const odd = { ...storage, read: async () => value as StoredToken | null };
      await using provider = await startProvider({ loginPartner: countedTokens() });
      await provider.client({ tokenStore: createTokenStore(odd) }).pullMerchant(pull);
      expect(provider.arrivals.at(-1)?.headers.authorization).toBe('token-1');
    },
  );

  test('a storage without a lock is accepted', async () => {
    const { lock: _, ...storage } = sharedStorage().storage;
    await using provider = await startProvider({ loginPartner: countedTokens() });
    await provider.client({ tokenStore: createTokenStore(storage) }).pullMerchant(pull);
    await provider.client({ tokenStore: createTokenStore(storage) }).pullMerchant(pull);
    expect(provider.count('loginPartner')).toBe(1);
  });

  test('during the login backoff, the client uses a token of another process', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { storage } = sharedStorage();
    await using provider = await startProvider({ loginPartner: () => ({ status: 401 }) });
    const partner = provider.client({ tokenStore: createTokenStore(storage) });
    await expect(partner.pullMerchant(pull)).rejects.toBeInstanceOf(LoginError);
    await expect(partner.pullMerchant(pull)).rejects.toBeInstanceOf(LoginError);
    await storage.write({ token: 'of-another-process', issuedAt: Date.now() });
    await partner.pullMerchant(pull);
    expect(provider.count('loginPartner')).toBe(1);
    expect(provider.arrivals.at(-1)?.headers.authorization).toBe('of-another-process');
  });
});

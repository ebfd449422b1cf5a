import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTokenStore, type StoredToken, TimeoutError, type TokenStorage } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { countedTokens, startProvider } from '../support/provider.ts';
import { sharedStorage } from '../support/shared-storage.ts';

afterEach(() => {
  vi.useRealTimers();
});

function thrown(): never {
  throw new Error('thrown synchronously');
}

describe('token stores', () => {
  test.each<[string, Partial<TokenStorage>]>([
    ['cannot be written', { write: () => Promise.reject(new Error('read-only')) }],
    ['hangs while it is written', { write: () => new Promise(() => {}) }],
    ['throws while it is written', { write: thrown }],
    ['cannot release its lock', { lock: (task) => task().then(() => Promise.reject(new Error('lost'))) }],
    ['never releases its lock', { lock: (task) => task().then(() => new Promise(() => {})) }],
  ])('the client uses the token of its login even if the storage %s', async (_, broken) => {
    const { storage } = sharedStorage();
    await using provider = await startProvider({ loginPartner: countedTokens() });
    const partner = provider.client({ tokenStore: createTokenStore({ ...storage, ...broken }) });
    await partner.pullMerchant(pull);
    await partner.pullMerchant(pull);
    expect(provider.count('loginPartner')).toBe(1);
    expect(provider.arrivals.at(-1)?.headers.authorization).toBe('token-1');
  });

  test.each(['read', 'lock'] as const)('a storage whose %s hangs ends with the time limit', async (name) => {
    const { storage } = sharedStorage();
    const hanging = { ...storage, [name]: () => new Promise(() => {}) };
    await using provider = await startProvider();
    const tokenStore = createTokenStore(hanging);
    const failure = provider.client({ tokenStore, timeoutMs: 50, retry: false }).pullMerchant(pull);
    await expect(failure).rejects.toBeInstanceOf(TimeoutError);
    await expect(failure).rejects.toMatchObject({ operationId: 'loginPartner', timeoutMs: 50 });
  });

  test.each(['read', 'write'] as const)(
    'a lock is released although a %s of the storage hangs, and later calls succeed',
    async (name) => {
      vi.useFakeTimers({ toFake: ['performance', 'Date'] });
      const { storage } = sharedStorage();
      const hangs: Promise<never>[] = [new Promise(() => {})];
      const hanging: TokenStorage = {
        ...storage,
        [name]: async (token: StoredToken) => {
          await hangs.shift();
          return storage[name](token);
        },
      };
      await using provider = await startProvider({ loginPartner: countedTokens(1) });
      const tokenStore = createTokenStore(hanging);
      const partner = provider.client({ tokenStore, timeoutMs: 200, retry: false });
      await partner.pullMerchant(pull).catch(() => {});
      await storage.lock?.(async () => {});
      vi.advanceTimersByTime(2000);
      await partner.pullMerchant(pull);
      expect(provider.arrivals.at(-1)?.operationId).toBe('pullMerchant');
    },
  );

  test('a lock that is granted after the time limit causes no login', async () => {
    const { storage } = sharedStorage();
    const granted = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<unknown>();
    const lock = async (task: () => Promise<void>) => {
      await granted.promise;
      ended.resolve(await task());
    };
    await using provider = await startProvider();
    const tokenStore = createTokenStore({ ...storage, lock });
    const failure = provider.client({ tokenStore, timeoutMs: 50, retry: false }).pullMerchant(pull);
    await expect(failure).rejects.toBeInstanceOf(TimeoutError);
    granted.resolve();
    await ended.promise;
    expect(provider.arrivals).toEqual([]);
  });

  test('a lock that does not wait for its task does no harm', async () => {
    const { storage } = sharedStorage();
    const lock = async (task: () => Promise<void>) => void task();
    await using provider = await startProvider({ loginPartner: countedTokens() });
    await provider.client({ tokenStore: createTokenStore({ ...storage, lock }) }).pullMerchant(pull);
    await provider.client({ tokenStore: createTokenStore({ ...storage, lock }) }).pullMerchant(pull);
    expect(provider.count('loginPartner')).toBe(1);
  });

  test.each<[string, Partial<TokenStorage>, number]>([
    ['the storage cannot be read', { read: () => Promise.reject(new Error('no database')) }, 200],
    ['the storage cannot be written', { write: () => Promise.reject(new Error('read-only')) }, 200],
    ['the login is rejected', {}, 401],
  ])('a lock that does not wait leaves no unhandled rejection if %s', async (_, broken, status) => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { storage } = sharedStorage();
    const lock = async (task: () => Promise<void>) => void task();
    await using provider = await startProvider({
      loginPartner: () => (status === 200 ? success('loginPartner') : { status }),
    });
    const tokenStore = createTokenStore({ ...storage, ...broken, lock });
    await provider
      .client({ tokenStore, retry: false })
      .pullMerchant(pull)
      .catch(() => {});
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('a call fails with the error of the storage, or if the lock does not run its task', async () => {
    const { storage } = sharedStorage();
    const outage = new Error('no database');
    const closed = { ...storage, read: () => Promise.reject(outage) };
    const idle = { ...storage, lock: async () => {} };
    await using provider = await startProvider();
    const call = (of: TokenStorage) =>
      provider.client({ tokenStore: createTokenStore(of) }).pullMerchant(pull);
    await expect(call(closed)).rejects.toBe(outage);
    await expect(call(idle)).rejects.toThrow(/did not run its task/);
  });
});

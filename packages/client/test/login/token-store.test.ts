import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  createTokenStore,
  LoginError,
  type StoredToken,
  TimeoutError,
  type TokenStorage,
  type TokenStore,
} from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { countedTokens, startProvider } from '../support/provider.ts';

/** Creates a storage that several clients share, as several processes would. */
function sharedStorage(): { storage: TokenStorage; held: () => StoredToken | undefined } {
  let held: string | undefined;
  let last = Promise.resolve();
  const storage: TokenStorage = {
    read: async () => (held === undefined ? undefined : JSON.parse(held)),
    write: async (token) => {
      held = JSON.stringify(token);
    },
    lock: (task) => {
      const mine = last.then(task);
      last = mine.catch(() => {});
      return mine;
    },
  };
  return { storage, held: () => (held === undefined ? undefined : JSON.parse(held)) };
}

const unauthorized = { status: 401, body: {} };

afterEach(() => {
  vi.useRealTimers();
});

function thrown(): never {
  throw new Error('thrown synchronously');
}

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

  test('if all tokens are revoked, also that of another process, the calls share one login and none fails', async () => {
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

  test('a call that is not permitted causes one login, however many tokens other processes have stored', async () => {
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

  test.each<[string, Partial<TokenStorage>]>([
    ['cannot be written', { write: () => Promise.reject(new Error('read-only')) }],
    ['hangs while it is written', { write: () => new Promise(() => {}) }],
    ['throws while it is written', { write: thrown }],
    ['cannot release its lock', { lock: (task) => task().then(() => Promise.reject(new Error('lost'))) }],
    ['never releases its lock', { lock: (task) => task().then(() => new Promise(() => {})) }],
  ])('a login counts even if the storage %s', async (_, broken) => {
    const { storage } = sharedStorage();
    await using provider = await startProvider({ loginPartner: countedTokens() });
    const partner = provider.client({ tokenStore: createTokenStore({ ...storage, ...broken }) });
    await partner.pullMerchant(pull);
    await partner.pullMerchant(pull);
    expect(provider.count('loginPartner')).toBe(1);
    expect(provider.arrivals.at(-1)?.headers.authorization).toBe('token-1');
  });

  test('while a failed login has its backoff, a token of another process is used', async () => {
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

  test('a lock that does not wait for its task has no effect', async () => {
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

describe('a token store of one’s own', () => {
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
    await expect(failure).rejects.toThrow(/^tokenStore must renew to a token and its requestedAt\.$/);
    expect(provider.arrivals).toEqual([]);
  });
});

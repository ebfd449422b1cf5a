import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  AuthenticationError,
  LoginError,
  type PartnerClient,
  ServerError,
  TimeoutError,
  UnreadableResponseError,
} from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { countedTokens, credentials, startProvider } from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';

const unauthorized: ScriptedResponse = {
  status: 401,
  body: { error: { statusCode: 401, code: 'AUTHORIZATION_REQUIRED' } },
};

afterEach(() => {
  vi.useRealTimers();
});

function times<T>(count: number, call: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, call));
}

describe('logins', () => {
  test('100 concurrent first calls share one login', async () => {
    await using provider = await startProvider();
    await times(100, () => provider.partner.pullMerchant(pull));
    expect(provider.count('loginPartner')).toBe(1);
    expect(provider.count('pullMerchant')).toBe(100);
  });

  test('a login is sent without a token, even after a token was rejected', async () => {
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      pullMerchant: ({ headers }) =>
        headers.authorization === 'token-2' ? success('pullMerchant') : unauthorized,
    });
    await provider.partner.pullMerchant(pull);
    const logins = provider.arrivals.filter(({ operationId }) => operationId === 'loginPartner');
    expect(logins.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  test('the credentials function is called at each login', async () => {
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      pullMerchant: ({ headers }) =>
        headers.authorization === 'token-2' ? success('pullMerchant') : unauthorized,
    });
    const passwords = ['first', 'second'];
    const rotating = async () => ({ ...credentials, password: passwords.shift() ?? 'no password is left' });
    await provider.client({ credentials: rotating }).pullMerchant(pull);
    const logins = provider.arrivals.filter(({ operationId }) => operationId === 'loginPartner');
    expect(logins.map(({ body }) => JSON.parse(body.toString()).password)).toEqual(['first', 'second']);
  });

  test('a call fails with the error of the credentials function, and the next call tries again', async () => {
    await using provider = await startProvider();
    const outage = new Error('the vault is closed');
    const results = [() => Promise.reject(outage), () => credentials];
    const partner = provider.client({ credentials: () => results.shift()?.() ?? credentials });
    await expect(partner.pullMerchant(pull)).rejects.toBe(outage);
    await expect(partner.pullMerchant(pull)).resolves.toBeDefined();
  });

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

  test('a credentials function that hangs ends with the time limit, and never logs in late', async () => {
    const late = Promise.withResolvers<typeof credentials>();
    await using provider = await startProvider();
    const partner = provider.client({ credentials: () => late.promise, timeoutMs: 50, retry: false });
    const failure = partner.pullMerchant(pull);
    await expect(failure).rejects.toBeInstanceOf(TimeoutError);
    await expect(failure).rejects.toMatchObject({ operationId: 'loginPartner', timeoutMs: 50 });
    late.resolve(credentials);
    await late.promise;
    expect(provider.arrivals).toEqual([]);
  });

  test('a credentials function that waits for a call of the same client ends with the time limit', async () => {
    await using provider = await startProvider();
    const partner: PartnerClient = provider.client({
      credentials: () => partner.pullMerchant(pull).then(() => credentials),
      timeoutMs: 50,
      retry: false,
    });
    await expect(partner.pullMerchant(pull)).rejects.toBeInstanceOf(TimeoutError);
    expect(provider.arrivals).toEqual([]);
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

  test('waiting calls retry a login that fails transiently', async () => {
    const responses: ScriptedResponse[] = [{ status: 503 }];
    await using provider = await startProvider({
      loginPartner: () => responses.shift() ?? success('loginPartner'),
    });
    await times(10, () => provider.partner.createMerchant(merchant));
    expect([provider.count('loginPartner'), provider.count('createMerchant')]).toEqual([2, 10]);
  });

  test('a login that gets 503 fails with a ServerError', async () => {
    await using provider = await startProvider({ loginPartner: () => ({ status: 503, body: '<html>' }) });
    const failure = provider.client({ retry: false }).pullMerchant(pull);
    await expect(failure).rejects.toBeInstanceOf(ServerError);
    await expect(failure).rejects.toMatchObject({ operationId: 'loginPartner', status: 503 });
  });

  test.each([301, 307])(
    'a login that is redirected with %i does not fail as a login with wrong credentials',
    async (status) => {
      await using provider = await startProvider({
        loginPartner: () => ({ status, headers: { Location: '/elsewhere' } }),
      });
      const failure = provider.partner.pullMerchant(pull);
      await expect(failure).rejects.toMatchObject({
        name: 'UnreadableResponseError',
        operationId: 'loginPartner',
        status,
      });
      await expect(failure).rejects.not.toThrow(/credentials/);
    },
  );

  test.each(['{}', '{"id":""}', '{"id":7}', '{"id":"two words"}', '{"id":"a\\nb"}', '[]', 'null', '"a"'])(
    'a login without a usable token is unreadable: %s',
    async (body) => {
      await using provider = await startProvider({ loginPartner: () => ({ body }) });
      const failure = provider.client({ retry: false }).pullMerchant(pull);
      await expect(failure).rejects.toBeInstanceOf(UnreadableResponseError);
      expect(provider.count('pullMerchant')).toBe(0);
    },
  );
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

describe('calls that get 401', () => {
  test('a call that gets 401 is repeated with the same body', async () => {
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      createMerchant: ({ headers }) =>
        headers.authorization === 'token-2' ? success('createMerchant') : unauthorized,
    });
    await provider.partner.createMerchant(merchant);
    const [first, second] = provider.arrivals.filter(({ operationId }) => operationId === 'createMerchant');
    expect(JSON.parse(`${second?.body}`)).toEqual(merchant);
    expect(second?.body).toEqual(first?.body);
  });

  test('a call that gets 401 twice fails after two attempts', async () => {
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      createMerchant: () => unauthorized,
    });
    await expect(provider.partner.createMerchant(merchant)).rejects.toBeInstanceOf(AuthenticationError);
    expect([provider.count('createMerchant'), provider.count('loginPartner')]).toEqual([2, 2]);
  });

  test('a call that gets 401 is not repeated if another login would change nothing', async () => {
    await using provider = await startProvider({
      uploadFile: () => ({ status: 401, body: {} }),
      createPartner: () => unauthorized,
    });
    await expect(provider.partner.uploadFile({ file: new Blob([]) })).rejects.toBeInstanceOf(
      AuthenticationError,
    );
    await expect(provider.partner.createPartner(credentials)).rejects.toBeInstanceOf(AuthenticationError);
    expect(provider.arrivals.map(({ operationId }) => operationId)).toEqual(['uploadFile', 'createPartner']);
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  AbortedError,
  AuthenticationError,
  ConnectionError,
  createPartnerClient,
  OutcomeUnknownError,
  TimeoutError,
  ValidationError,
} from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { closedUrl, credentials, startProvider } from '../support/provider.ts';
import { never, type ScriptedResponse } from '../support/scripted-provider.ts';
import { startSockets } from '../support/sockets.ts';

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"file":';

afterEach(() => {
  vi.useRealTimers();
});

describe('time limits', () => {
  test('timeoutMs ends an attempt without a response', async () => {
    await using provider = await startProvider({ loginPartner: never });
    const failure = provider.client({ timeoutMs: 50, retry: false }).loginPartner(credentials);
    await expect(failure).rejects.toBeInstanceOf(TimeoutError);
    await expect(failure).rejects.toMatchObject({ operationId: 'loginPartner', timeoutMs: 50 });
  });

  test('timeoutMs can be set for a single call', async () => {
    await using provider = await startProvider({ pullMerchant: never });
    const partner = provider.client({ retry: false });
    await expect(partner.pullMerchant(pull, { timeoutMs: 50 })).rejects.toMatchObject({
      timeoutMs: 50,
    });
  });

  test('timeoutMs covers the body of the response', async () => {
    await using socket = await startSockets((connection) => connection.write(head));
    await using provider = await startProvider();
    const partner = provider.client({ goUrl: `http://${socket.host}`, timeoutMs: 50, retry: false });
    await expect(partner.loginPartner(credentials)).rejects.toBeInstanceOf(TimeoutError);
  });

  test('timeoutMs covers the login as an attempt of its own', async () => {
    await using provider = await startProvider({ loginPartner: never });
    const failure = provider.client({ timeoutMs: 50, retry: false }).pullMerchant(pull);
    await expect(failure).rejects.toMatchObject({ name: 'TimeoutError', operationId: 'loginPartner' });
  });

  test('timeoutMs covers a fetch that ignores signals', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ fetch: () => new Promise(() => {}), timeoutMs: 50, retry: false });
    await expect(partner.loginPartner(credentials)).rejects.toBeInstanceOf(TimeoutError);
  });

  test('a call leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const fetch = async () => Response.json({ id: 'token', result: {} });
    await createPartnerClient({ environment: 'preproduction', credentials, fetch }).pullMerchant(pull);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('an aborted delay leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const controller = new AbortController();
    const partner = createPartnerClient({
      environment: 'preproduction',
      credentials,
      fetch: async () => new Response('', { status: 503, headers: { 'Retry-After': '20' } }),
      // The delay begins right after its event.
      onEvent: ({ type }) => void (type === 'retry' && queueMicrotask(() => controller.abort())),
    });
    const failure = partner.loginPartner(credentials, { signal: controller.signal });
    await expect(failure).rejects.toBeInstanceOf(AbortedError);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '50', 50n, null])(
    'timeoutMs %s is rejected',
    async (value) => {
      // A program without types can give any value, such as the text of an environment variable.
      const timeoutMs = value as number;
      await using provider = await startProvider();
      expect(() => provider.client({ timeoutMs })).toThrow(RangeError);
      await expect(provider.partner.pullMerchant(pull, { timeoutMs })).rejects.toThrow(RangeError);
      expect(provider.arrivals).toEqual([]);
    },
  );
});

describe('signals', () => {
  test('a signal ends a call in progress', async () => {
    const controller = new AbortController();
    await using provider = await startProvider({
      pullMerchant: () => {
        controller.abort();
        return never();
      },
    });
    const failure = provider.partner.pullMerchant(pull, { signal: controller.signal });
    await expect(failure).rejects.toBeInstanceOf(AbortedError);
    await expect(failure).rejects.toMatchObject({ operationId: 'pullMerchant', attempts: 1 });
  });

  test('a signal that is already aborted sends nothing, not even a login', async () => {
    const sent: string[] = [];
    const fetch = async ({ url }: Request) => {
      sent.push(url);
      return Response.json({ id: 'token' });
    };
    const partner = createPartnerClient({ environment: 'preproduction', credentials, fetch });
    const failure = partner.pullMerchant(pull, { signal: AbortSignal.abort() });
    await expect(failure).rejects.toBeInstanceOf(AbortedError);
    expect(sent).toEqual([]);
  });

  test('a signal that is aborted during the login keeps the call from being sent', async () => {
    const controller = new AbortController();
    const sent: string[] = [];
    const fetch = async ({ url }: Request) => {
      sent.push(url);
      controller.abort();
      return Response.json({ id: 'token', result: {} });
    };
    const partner = createPartnerClient({ environment: 'preproduction', credentials, fetch });
    await expect(partner.pullMerchant(pull, { signal: controller.signal })).rejects.toBeInstanceOf(
      AbortedError,
    );
    await partner.pullMerchant(pull);
    expect(sent.filter((url) => url.includes('pullMerchant'))).toHaveLength(1);
  });

  test('a signal ends the wait for a shared login, which continues for other calls', async () => {
    const controller = new AbortController();
    const arrived = Promise.withResolvers<void>();
    const release = Promise.withResolvers<ScriptedResponse>();
    await using provider = await startProvider({
      loginPartner: () => {
        arrived.resolve();
        return release.promise;
      },
    });
    const aborted = provider.partner.pullMerchant(pull, { signal: controller.signal });
    const other = provider.partner.pullMerchant(pull);
    await arrived.promise;
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ name: 'AbortedError', operationId: 'pullMerchant' });
    release.resolve(success('loginPartner'));
    await expect(other).resolves.toBeDefined();
    expect([provider.count('loginPartner'), provider.count('pullMerchant')]).toEqual([1, 1]);
  });
});

describe('a signal whose reason is an error of another call', () => {
  const other = {
    operationId: 'createMerchant',
    attempts: 1,
    code: undefined,
    retryAfterMs: undefined,
  } as const;
  const response = { ...other, headers: new Headers(), body: { of: 'another call' } };

  test.each([
    new ValidationError({ ...response, status: 422 }, {}),
    new AuthenticationError({ ...response, status: 401 }),
    new OutcomeUnknownError(other, 'timeout', new TimeoutError(other, 1), 'EXAMPLE-1'),
    new TimeoutError(other, 1),
  ])('a call that waits for its login fails with an AbortedError, and not with $name', async (reason) => {
    const controller = new AbortController();
    const { signal } = controller;
    await using provider = await startProvider({
      loginPartner: () => {
        controller.abort(reason);
        return never();
      },
    });
    const { partner } = provider;
    const calls = [
      partner.createMerchant(merchant, { signal }),
      partner.raw.createMerchant(merchant, { signal }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ name: 'AbortedError', attempts: 1 });
    expect(provider.count('createMerchant')).toBe(0);
  });
});

describe('connections', () => {
  test('a refused connection has the error code of the network', async () => {
    await using provider = await startProvider();
    const failure = provider.client({ goUrl: closedUrl, retry: false }).pullMerchant(pull);
    await expect(failure).rejects.toBeInstanceOf(ConnectionError);
    await expect(failure).rejects.toMatchObject({ operationId: 'loginPartner', code: 'ECONNREFUSED' });
  });

  test.each([
    ['before the response', ''],
    ['within the response', head],
  ])('a connection that breaks %s is a ConnectionError, or makes an outcome unknown', async (_, written) => {
    await using socket = await startSockets((connection) => connection.end(written));
    await using provider = await startProvider();
    const url = `http://${socket.host}`;
    const partner = provider.client({ goUrl: url, backopsUrl: url, retry: false });
    await expect(partner.loginPartner(credentials)).rejects.toBeInstanceOf(ConnectionError);
    await expect(partner.createPartner(credentials)).rejects.toBeInstanceOf(OutcomeUnknownError);
  });

  test.each([
    () => Promise.reject(new Error('the custom fetch failed')),
    () => Promise.reject('not an error'),
    () => {
      throw new Error('thrown synchronously');
    },
  ])('a custom fetch that fails causes a ConnectionError', async (fetch) => {
    await using provider = await startProvider();
    const partner = provider.client({ fetch, retry: false });
    await expect(partner.pullMerchant(pull)).rejects.toBeInstanceOf(ConnectionError);
  });
});

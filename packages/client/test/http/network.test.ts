import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  AbortedError,
  ConnectionError,
  createPartnerClient,
  OutcomeUnknownError,
  TimeoutError,
} from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { credentials, startProvider } from '../support/provider.ts';
import { never, type ScriptedResponse } from '../support/scripted-provider.ts';

/** A server below HTTP, which writes what it is told to and then hangs up or hangs. */
async function startSocket(write: string, end: boolean): Promise<{ url: string } & AsyncDisposable> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => (end ? socket.end(write) : socket.write(write)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
    },
  };
}

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"file":';

afterEach(() => {
  vi.useRealTimers();
});

describe('the time limit', () => {
  it('ends an attempt that is never answered', async () => {
    await using provider = await startProvider({ loginPartner: never });
    const failure = provider.client({ timeoutMs: 50, retry: false }).loginPartner(credentials);
    await expect(failure).rejects.toBeInstanceOf(TimeoutError);
    await expect(failure).rejects.toMatchObject({ operationId: 'loginPartner', timeoutMs: 50 });
  });

  it('can be set for a single call', async () => {
    await using provider = await startProvider({ pullMerchant: never });
    const partner = provider.client({ retry: false });
    await expect(partner.pullMerchant(pull, { timeoutMs: 50 })).rejects.toMatchObject({
      timeoutMs: 50,
    });
  });

  it('covers the body of the answer', async () => {
    await using socket = await startSocket(head, false);
    await using provider = await startProvider();
    const partner = provider.client({ goUrl: socket.url, timeoutMs: 50, retry: false });
    await expect(partner.loginPartner(credentials)).rejects.toBeInstanceOf(TimeoutError);
  });

  it('covers the login as an attempt of its own', async () => {
    await using provider = await startProvider({ loginPartner: never });
    const failure = provider.client({ timeoutMs: 50, retry: false }).pullMerchant(pull);
    await expect(failure).rejects.toMatchObject({ name: 'TimeoutError', operationId: 'loginPartner' });
  });

  it('covers a fetch that does not listen to signals', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ fetch: () => new Promise(() => {}), timeoutMs: 50, retry: false });
    await expect(partner.loginPartner(credentials)).rejects.toBeInstanceOf(TimeoutError);
  });

  it('leaves no timer behind that would keep a program from ending', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const fetch = async () => Response.json({ id: 'token' });
    await createPartnerClient({ environment: 'preproduction', credentials, fetch }).pullMerchant(pull);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('of a pause leaves none behind either, once it is aborted', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const controller = new AbortController();
    const partner = createPartnerClient({
      ...{ environment: 'preproduction', credentials },
      fetch: async () => new Response('', { status: 503, headers: { 'Retry-After': '20' } }),
      // The pause begins right after it is told of.
      onEvent: ({ type }) => void (type === 'retry' && queueMicrotask(() => controller.abort())),
    });
    const failure = partner.loginPartner(credentials, { signal: controller.signal });
    await expect(failure).rejects.toBeInstanceOf(AbortedError);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])(
    'is refused where it is %d',
    async (timeoutMs) => {
      await using provider = await startProvider();
      expect(() => provider.client({ timeoutMs })).toThrow(RangeError);
      await expect(provider.partner.pullMerchant(pull, { timeoutMs })).rejects.toThrow(RangeError);
      expect(provider.arrivals).toEqual([]);
    },
  );
});

describe('a signal', () => {
  it('ends a call that is under way', async () => {
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

  it('that is aborted already sends nothing, not even a login', async () => {
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

  it('that is aborted during the login keeps the call from being sent, whatever the fetch does with signals', async () => {
    const controller = new AbortController();
    const sent: string[] = [];
    const fetch = async ({ url }: Request) => {
      sent.push(url);
      controller.abort();
      return Response.json({ id: 'token' });
    };
    const partner = createPartnerClient({ environment: 'preproduction', credentials, fetch });
    await expect(partner.pullMerchant(pull, { signal: controller.signal })).rejects.toBeInstanceOf(
      AbortedError,
    );
    await partner.pullMerchant(pull);
    expect(sent.filter((url) => url.includes('pullMerchant'))).toHaveLength(1);
  });

  it('ends the wait for a shared login, which goes on for the others', async () => {
    const controller = new AbortController();
    const arrived = Promise.withResolvers<void>();
    const release = Promise.withResolvers<ScriptedResponse>();
    await using provider = await startProvider({
      loginPartner: () => {
        arrived.resolve();
        return release.promise;
      },
    });
    const impatient = provider.partner.pullMerchant(pull, { signal: controller.signal });
    const patient = provider.partner.pullMerchant(pull);
    await arrived.promise;
    controller.abort();
    await expect(impatient).rejects.toMatchObject({ name: 'AbortedError', operationId: 'pullMerchant' });
    release.resolve(success('loginPartner'));
    await expect(patient).resolves.toBeDefined();
    expect([provider.count('loginPartner'), provider.count('pullMerchant')]).toEqual([1, 1]);
  });
});

describe('the connection', () => {
  it.each([
    ['CERT_HAS_EXPIRED', ConnectionError],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', ConnectionError],
    ['SELF_SIGNED_CERT_IN_CHAIN', ConnectionError],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', ConnectionError],
    ['ERR_TLS_CERT_ALTNAME_INVALID', ConnectionError],
    ['EHOSTUNREACH', ConnectionError],
    ['EAI_AGAIN', ConnectionError],
    ['UND_ERR_CONNECT_TIMEOUT', ConnectionError],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', OutcomeUnknownError],
    ['ECONNRESET', OutcomeUnknownError],
    ['EPIPE', OutcomeUnknownError],
    ['UND_ERR_SOCKET', OutcomeUnknownError],
    ['ConnectionRefused', OutcomeUnknownError],
  ])('that fails with %s is proof that a write was not sent, or is not', async (code, Class) => {
    const fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }));
    const partner = createPartnerClient({
      ...{ environment: 'preproduction', administratorToken: 'token', retry: false, fetch },
    });
    await expect(partner.createPartner(credentials)).rejects.toBeInstanceOf(Class);
  });

  it('that is refused says so in the network’s own word', async () => {
    const gone = await startProvider();
    await gone[Symbol.asyncDispose]();
    const failure = gone.client({ retry: false }).pullMerchant(pull);
    await expect(failure).rejects.toBeInstanceOf(ConnectionError);
    await expect(failure).rejects.toMatchObject({ operationId: 'loginPartner', code: 'ECONNREFUSED' });
  });

  it.each([
    ['before an answer', ''],
    ['within the answer', head],
  ])('that breaks %s is no answer', async (_, written) => {
    await using socket = await startSocket(written, true);
    await using provider = await startProvider();
    const partner = provider.client({ goUrl: socket.url, backopsUrl: socket.url, retry: false });
    await expect(partner.loginPartner(credentials)).rejects.toBeInstanceOf(ConnectionError);
    await expect(partner.createPartner(credentials)).rejects.toBeInstanceOf(OutcomeUnknownError);
  });

  it.each([
    () => Promise.reject(new Error('of a fetch of your own')),
    () => Promise.reject('no error at all'),
    () => {
      throw new Error('at once');
    },
  ])('that another fetch fails to make is a ConnectionError all the same', async (fetch) => {
    await using provider = await startProvider();
    const partner = provider.client({ fetch, retry: false });
    await expect(partner.pullMerchant(pull)).rejects.toBeInstanceOf(ConnectionError);
  });
});

import { createIdentity } from '@partner-ecosystem/testing/create-identity';
import { describe, expect, test } from 'vitest';
import {
  ConnectionError,
  createPartnerClient,
  OutcomeUnknownError,
  type PartnerClientOptions,
} from '../../src/index.ts';
import { credentials, startProvider } from '../support/provider.ts';
import { startSockets, startUntrusted } from '../support/sockets.ts';

/** Creates a partner, and resolves to the error. */
async function failureAt(url: string, options: Partial<PartnerClientOptions> = {}): Promise<unknown> {
  const partner = createPartnerClient({
    goUrl: url,
    backopsUrl: url,
    persistUrl: url,
    administratorToken: 'not-a-real-token',
    retry: false,
    ...options,
  } as PartnerClientOptions);
  return partner.createPartner(credentials).then(
    () => 'a success',
    (error: unknown) => error,
  );
}

/** Fails like Node's `fetch`. */
const failing = (cause: unknown) => () => Promise.reject(new TypeError('fetch failed', { cause }));
function thrown(): never {
  throw new Error('not readable');
}
const fault = (properties: object) => Object.assign(new Error('example'), properties);

describe('the fetch of the runtime', () => {
  test.each([
    ['a refused connection', 'http://127.0.0.1:2', 'ECONNREFUSED'],
    ['a refused connection of a host with several addresses', 'http://localhost:2', 'ECONNREFUSED'],
    // Without a DNS server, the lookup fails with the second code.
    ['an unknown host', 'http://nowhere.invalid', expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/)],
  ])('%s proves that a write was not sent', async (_, url, code) => {
    const failure = await failureAt(url);
    expect(failure).toBeInstanceOf(ConnectionError);
    expect(failure).toMatchObject({ code, neverSent: true });
  });

  test('an untrusted certificate proves that a write was not sent', async () => {
    await using server = await startUntrusted(createIdentity());
    const failure = await failureAt(`https://${server.host}`);
    expect(failure).toMatchObject({ name: 'ConnectionError', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(server.requests()).toBe(0);
  });

  // An alert of TLS can also arrive on a connection in use, after the request was stored.
  test('an error of TLS proves nothing: a server without TLS makes an outcome unknown', async () => {
    await using server = await startSockets((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const failure = await failureAt(`https://${server.host}`);
    expect(failure).toMatchObject({ name: 'OutcomeUnknownError', failure: { neverSent: false } });
    expect(server.requests()).toBe(0);
  });

  test.each([
    ['a reset', (socket) => socket.resetAndDestroy()],
    ['a close', (socket) => socket.end()],
    ['garbage', (socket) => socket.end('garbage')],
    ['a cut response', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{')],
  ] as [string, Parameters<typeof startSockets>[0]][])('%s makes an outcome unknown', async (_, onData) => {
    await using server = await startSockets(onData);
    const failure = await failureAt(`http://${server.host}`);
    expect(failure).toBeInstanceOf(OutcomeUnknownError);
    expect(failure).toMatchObject({ reason: 'connection', failure: { neverSent: false } });
    expect(server.requests()).toBe(1);
  });
});

describe('a custom fetch', () => {
  const refused = fault({ code: 'ECONNREFUSED', syscall: 'connect' });

  test('errors of the caller’s fetch prove nothing: a create whose audit record fails is sent once', async () => {
    await using provider = await startProvider();
    const fetch = async (request: Request) => {
      const response = await globalThis.fetch(request);
      await globalThis.fetch('http://127.0.0.1:2/audit');
      return response;
    };
    const failure = await failureAt(provider.url, { fetch, retry: {} });
    expect(failure).toMatchObject({ name: 'OutcomeUnknownError', reason: 'connection' });
    expect(provider.count('createPartner')).toBe(1);
  });

  test.each<[string, unknown]>([
    ['a symbol for a code', { cause: { code: Symbol('code'), syscall: 'connect' } }],
    ['a code without text', { cause: { code: Object.create(null), syscall: 'connect' } }],
    ['a cause that cannot be read', new Proxy({}, { get: thrown })],
    ['nothing', undefined],
    ['a symbol', Symbol('failure')],
  ])('an error with %s makes an outcome unknown', async (_, error) => {
    const failure = await failureAt('http://127.0.0.1:2', {
      fetch: () => Promise.reject(error),
      trustFetchErrors: true,
    });
    expect(failure).toMatchObject({
      name: 'OutcomeUnknownError',
      reason: 'connection',
      failure: { code: undefined },
    });
  });

  test('with trustFetchErrors, errors of the caller’s fetch prove the same as errors of the runtime', async () => {
    const failure = await failureAt('http://127.0.0.1:2', {
      fetch: failing(refused),
      trustFetchErrors: true,
    });
    expect(failure).toMatchObject({ name: 'ConnectionError', neverSent: true });
  });

  const refusals = [refused, fault({ code: 'ENETUNREACH', syscall: 'connect' })];
  const read = fault({ code: 'EHOSTUNREACH', syscall: 'read' });

  test.each([
    ['every address failed to connect', new AggregateError(refusals), 'ConnectionError'],
    [
      'the lookup of the host failed',
      fault({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }),
      'ConnectionError',
    ],
    ['undici did not connect in time', fault({ code: 'UND_ERR_CONNECT_TIMEOUT' }), 'ConnectionError'],
    ['the certificate has expired', fault({ code: 'CERT_HAS_EXPIRED' }), 'ConnectionError'],
    [
      'the certificate is for another host',
      fault({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
      'ConnectionError',
    ],
    [
      'TLS has no common version',
      fault({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }),
      'OutcomeUnknownError',
    ],
    ['a read found no way to the host', read, 'OutcomeUnknownError'],
    ['a read was refused', fault({ code: 'ECONNREFUSED', syscall: 'read' }), 'OutcomeUnknownError'],
    ['one of several addresses was read from', new AggregateError([refused, read]), 'OutcomeUnknownError'],
    ['no address is named', new AggregateError([]), 'OutcomeUnknownError'],
    ['a code names no system call', fault({ code: 'ECONNREFUSED' }), 'OutcomeUnknownError'],
    [
      'the server asks for a certificate',
      fault({ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }),
      'OutcomeUnknownError',
    ],
    ['a write broke', fault({ code: 'EPIPE', syscall: 'write' }), 'OutcomeUnknownError'],
    ['undici lost the connection', fault({ code: 'UND_ERR_SOCKET' }), 'OutcomeUnknownError'],
  ])('%s: the error has the right class', async (_, cause, name) => {
    const failure = await failureAt('http://127.0.0.1:2', { fetch: failing(cause), trustFetchErrors: true });
    expect(failure).toMatchObject({ name });
  });
});

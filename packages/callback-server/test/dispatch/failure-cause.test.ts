import { createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { failureCause } from '../../src/dispatch/failure-cause.ts';
import { postSigned } from '../../src/dispatch/post-signed.ts';

async function failureOf(url: string, signal = AbortSignal.timeout(60_000)): Promise<string> {
  return postSigned(url, [], { id: 'id', body: Buffer.from('{}'), headers: {}, signal }).then(
    () => 'no failure',
    (error: unknown) => failureCause(error),
  );
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

test('a name that DNS does not know is named as such', async () => {
  expect(await failureOf('http://nothing.invalid/')).toMatch(/^DNS .*\((ENOTFOUND|EAI_AGAIN)\)$/);
});

test('a refused connection is named as such', async () => {
  expect(await failureOf('http://127.0.0.1:2/')).toBe('connection refused (ECONNREFUSED)');
});

test('a name with several addresses, all refused, is named as such', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED ::1:80'), { code: 'ECONNREFUSED' });
  const joined = new AggregateError([refused, refused]);
  expect(failureCause(new TypeError('fetch failed', { cause: joined }))).toBe(
    'connection refused (ECONNREFUSED)',
  );
});

test('a port that fetch refuses is named as such', async () => {
  const refused = await fetch('http://127.0.0.1:6000/').catch((error: unknown) => failureCause(error));
  expect(refused).toBe('port refused by fetch');
});

test('a connection that is reset is named as such', async () => {
  const port = await portOf(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
  expect(await failureOf(`http://127.0.0.1:${port}/`)).toMatch(/^connection reset \(\w+\)$/);
});

test('a server without TLS is a failure of TLS, with its code', async () => {
  const port = await portOf(createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  expect(await failureOf(`https://127.0.0.1:${port}/`)).toMatch(/^TLS failed \(\w+\)$/);
});

test('a server without a common cipher is a failure of TLS, with its code', async () => {
  const port = await portOf(createTlsServer({}));
  expect(await failureOf(`https://127.0.0.1:${port}/`)).toMatch(/^TLS failed \([\w/]+\)$/);
});

test('a response that is not HTTP is named as such', async () => {
  const port = await portOf(
    createServer((socket) => socket.once('data', () => socket.end('nonsense\r\n\r\n'))),
  );
  expect(await failureOf(`http://127.0.0.1:${port}/`)).toBe('response is not HTTP');
});

test('a timeout is named as such', async () => {
  const port = await portOf(createServer(() => {}));
  expect(await failureOf(`http://127.0.0.1:${port}/`, AbortSignal.timeout(1))).toBe('timeout');
});

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS failed (DEPTH_ZERO_SELF_SIGNED_CERT)'],
  ['CERT_HAS_EXPIRED', 'TLS failed (CERT_HAS_EXPIRED)'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS failed (ERR_TLS_CERT_ALTNAME_INVALID)'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS failed (UNABLE_TO_VERIFY_LEAF_SIGNATURE)'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout of the connection (UND_ERR_CONNECT_TIMEOUT)'],
  ['EHOSTUNREACH', 'host unreachable (EHOSTUNREACH)'],
  ['asha@example.com', 'failed with TypeError'],
])('the code %s gives: %s', (code, expected) => {
  const cause = Object.assign(new Error('10.0.0.1 asha@example.com'), { code });
  expect(failureCause(new TypeError('fetch failed', { cause }))).toBe(expected);
});

test.each<[unknown, string]>([
  [new Error('asha@example.com is not in our books'), 'failed with Error'],
  [Object.assign(new Error('x'), { name: 'Asha Rao <asha@example.com>' }), 'failed'],
  ['asha@example.com', 'failed'],
  [undefined, 'failed'],
  [{ code: 'ECONNRESET' }, 'failed'],
])('of %s only the name is told', (error, expected) => {
  expect(failureCause(error)).toBe(expected);
});

test('a cause that contains itself ends', () => {
  const error = new Error('x');
  error.cause = error;
  expect(failureCause(error)).toBe('failed with Error');
});

test.each([
  ['headers that are too long', `X: ${'x'.repeat(100_000)}`],
  ['two lengths', 'Content-Length: 1\r\nContent-Length: 2'],
])('a response with %s is not HTTP', async (_, headers) => {
  const port = await portOf(
    createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\nab`));
    }),
  );
  expect(await failureOf(`http://127.0.0.1:${port}/`)).toBe('response is not HTTP');
});

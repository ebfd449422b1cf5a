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

test('the cause says that DNS does not know the name', async () => {
  expect(await failureOf('http://nothing.invalid/')).toMatch(/^DNS .*\((ENOTFOUND|EAI_AGAIN)\)$/);
});

test('the cause says that the connection was refused', async () => {
  expect(await failureOf('http://127.0.0.1:2/')).toBe('connection refused (ECONNREFUSED)');
});

test('the cause says that the connection was refused, if all addresses of a name refuse it', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED ::1:80'), { code: 'ECONNREFUSED' });
  const joined = new AggregateError([refused, refused]);
  expect(failureCause(new TypeError('fetch failed', { cause: joined }))).toBe(
    'connection refused (ECONNREFUSED)',
  );
});

test('the cause says that fetch refuses the port', async () => {
  const refused = await fetch('http://127.0.0.1:6000/').catch((error: unknown) => failureCause(error));
  expect(refused).toBe('port refused by fetch');
});

test('the cause says that the connection was reset', async () => {
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

test('the cause says that the response is not HTTP', async () => {
  const port = await portOf(
    createServer((socket) => socket.once('data', () => socket.end('nonsense\r\n\r\n'))),
  );
  expect(await failureOf(`http://127.0.0.1:${port}/`)).toBe('response is not HTTP');
});

test('the cause says that the attempt timed out', async () => {
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
])('the cause of %s has at most the name of the error: %s', (error, expected) => {
  expect(failureCause(error)).toBe(expected);
});

test('failureCause ends on an error that is its own cause', () => {
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

import { once } from 'node:events';
import { request } from 'node:http';
import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createCallbackServer } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { brokenDatabase, startServer, temporaryDatabase } from '../support/running-server.ts';

test('the receiver acknowledges a callback with a fixed body, and stores its exact bytes', async () => {
  const { server, post } = await startServer();
  const body = `  ${callback('accept')}\n`;
  const response = await post('accept', body);
  expect([response.status, await response.text()]).toEqual([200, '{"received":true}']);

  const [kept] = await server.callbacks.list();
  expect(kept).toMatchObject({ event: 'accept', verdict: 'valid', seenCount: 1, status: 'accept' });
  const { body: bytes } = (await server.callbacks.get(kept?.id ?? '')) ?? {};
  expect(Buffer.from(bytes ?? []).toString()).toBe(body);
});

test('the receiver reads the event from the payload if the URL names none', async () => {
  const { server, post } = await startServer();
  for (const status of ['Accepted', 'REJECT', 'pending'])
    expect((await post('', callback('pending', { status, id: status }))).status).toBe(200);
  expect((await server.callbacks.list()).map(({ event }) => event)).toEqual(['pending', 'reject', 'accept']);
});

test('the receiver stores events of the neighbouring platform under their own name', async () => {
  const { server, post } = await startServer();
  for (const event of ['draft', 'dropoff', 'new'])
    await post(event, callback('pending', { status: event, id: event }));
  const kept = await server.callbacks.list();
  expect(kept.map(({ event }) => event)).toEqual(['new', 'dropoff', 'draft']);
});

test('a wrong token and an unknown path get the same 404', async () => {
  const { url, server } = await startServer();
  const nothing = await fetch(`${url}/nothing`);
  const notFound = [404, await nothing.text(), [...nothing.headers.keys()].sort()];
  const attempts: [string, RequestInit][] = [
    ['/callbacks/wrong/accept', { method: 'POST', body: callback('accept') }],
    [`/callbacks/${token}x/accept`, { method: 'POST', body: 'x'.repeat(300_000) }],
    [`/callbacks/${token.slice(1)}/accept`, { method: 'GET' }],
    ['/callbacks//accept', { method: 'DELETE' }],
    ['/callbacks/wrong/unknown', { method: 'PUT', body: '{}' }],
  ];
  for (const [path, init] of attempts) {
    const response = await fetch(url + path, init);
    expect([response.status, await response.text(), [...response.headers.keys()].sort()]).toEqual(notFound);
  }
  expect(await server.callbacks.list()).toEqual([]);
});

test('the receiver accepts any of several tokens, so that they can rotate', async () => {
  const { url } = await startServer({ callbackTokens: [token, 'another-fake-token-1'] });
  for (const live of [token, 'another-fake-token-1']) {
    const init = {
      method: 'POST',
      body: callback('accept'),
      headers: { 'content-type': 'application/json' },
    };
    expect((await fetch(`${url}/callbacks/${live}/accept`, init)).status).toBe(200);
  }
});

test('a body in another transfer coding than chunked is refused, because Node does not decode it', async () => {
  const { url, server } = await startServer();
  const connection = createConnection(Number(new URL(url).port), '127.0.0.1');
  const body = gzipSync(callback('accept'));
  connection.write(
    `POST /callbacks/${token}/accept HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${body.length.toString(16)}\r\n`,
  );
  connection.write(body);
  connection.write('\r\n0\r\n\r\n');
  const [response] = await once(connection, 'data');
  expect(String(response)).toMatch(/^HTTP\/1\.1 415 /);
  expect(await server.callbacks.list()).toEqual([]);
});

test('each kind of wrong request gets its own status', async () => {
  const { url, post } = await startServer({ maxBodyBytes: 1000 });
  const get = await fetch(`${url}/callbacks/${token}/accept`);
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  expect((await post('accept', 'x', { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  expect((await post('unheard-of', '{}')).status).toBe(404);
  expect((await post('accept', 'x'.repeat(1001))).status).toBe(413);
});

test('a body that arrives in pieces is limited by its bytes', async () => {
  const { url, server } = await startServer({ maxBodyBytes: 1000 });
  const headers = { 'content-type': 'application/json' };
  const sent = (chunks: string[]) =>
    new Promise<number>((resolve, reject) => {
      const outgoing = request(
        `${url}/callbacks/${token}/accept`,
        { method: 'POST', headers },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      outgoing.on('error', reject);
      for (const chunk of chunks) outgoing.write(chunk);
      outgoing.end();
    });
  expect(await sent(['{"a":', '"x"}'])).toBe(200);
  expect(await sent(Array.from({ length: 40 }, () => 'x'.repeat(100)))).toBe(413);
  expect(await server.callbacks.list()).toHaveLength(1);
});

test('invalid and unparsable callbacks are stored and acknowledged', async () => {
  const { server, post } = await startServer();
  expect((await post('accept', 'not JSON')).status).toBe(200);
  expect((await post('accept', '{"merchantData":{"id":"x"}}')).status).toBe(200);
  expect((await post('accept', '')).status).toBe(200);
  const verdicts = (await server.callbacks.list()).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(['unparsable', 'invalid', 'unparsable']);
});

test('with invalidCallbacks: reject, an invalid callback gets 422 and is stored', async () => {
  const { server, post } = await startServer({ invalidCallbacks: 'reject' });
  const response = await post('accept', '{"merchantData":{"id":"someone"}}');
  expect(response.status).toBe(422);
  expect(await response.text()).not.toContain('someone');
  expect((await post('accept', callback('accept'))).status).toBe(200);
  expect(await server.callbacks.list()).toHaveLength(2);
});

test('the receiver responds 503 with Retry-After while the server stops', async () => {
  const server = await createCallbackServer({
    databaseUrl: `sqlite:${temporaryDatabase()}`,
    callbackTokens: [token],
  });
  const stopped = server.stop();
  const response = await server.app.request(`/callbacks/${token}/accept`, {
    method: 'POST',
    body: callback('accept'),
    headers: { 'content-type': 'application/json' },
  });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect((await server.app.request('/health/ready')).status).toBe(503);
  expect((await server.app.request('/health/live')).status).toBe(200);
  await stopped;
});

test('a fault of the store gets 503, and its event holds no message', async () => {
  const events: object[] = [];
  const databaseUrl = await brokenDatabase(
    "BEFORE INSERT ON callbacks WHEN NEW.event = 'reject' BEGIN SELECT RAISE(ABORT, 'asha@example.com')",
  );
  const { server, post } = await startServer({ databaseUrl, onEvent: (event) => events.push(event) });
  expect((await post('reject', callback('reject'))).status).toBe(503);
  expect(events).toContainEqual({ type: 'fault', name: 'SqliteError', code: expect.any(String) });
  expect(JSON.stringify(events)).not.toContain('asha');
  expect(await server.callbacks.list()).toEqual([]);
  expect((await post('accept', callback('accept'))).status).toBe(200);
});

test('the receiver is ready if a write succeeds', async () => {
  const { url } = await startServer();
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
});

test('a sender that disconnects within a body is a refusal, and no fault', async () => {
  const events: object[] = [];
  const { url, server, post } = await startServer({ onEvent: (event) => events.push(event) });
  const outgoing = request(`${url}/callbacks/${token}/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 500 },
  });
  const hungUp = new Promise((resolve) => outgoing.once('error', resolve));
  outgoing.write('{"half', () => outgoing.destroy(new Error('hung up')));
  await hungUp;
  await post('accept', callback('accept'));
  await server.stop();
  expect(events).toHaveLength(2);
  expect(events).toContainEqual(expect.objectContaining({ type: 'refused', reasons: ['cut-off'] }));
  expect(events).toContainEqual(expect.objectContaining({ type: 'kept', verdict: 'valid' }));
});

test('a failing event listener does not turn a stored callback into a 503', async () => {
  const { post } = await startServer({
    onEvent: () => {
      throw new Error('no space left for logs');
    },
  });
  expect((await post('accept', callback('accept'))).status).toBe(200);
});

test('an event listener that rejects does not end the process, and is counted', async () => {
  const { post, server } = await startServer({ onEvent: async () => Promise.reject(new Error('no space')) });
  expect((await post('accept', callback('accept'))).status).toBe(200);
  expect(await server.metrics()).toContain('callback_server_log_lines_dropped_total 1');
});

test('a second stop waits for the first', async () => {
  const { server } = await startServer();
  let hasStopped = false;
  const first = server.stop().then(() => {
    hasStopped = true;
  });
  await server.stop();
  expect(hasStopped).toBe(true);
  await first;
});

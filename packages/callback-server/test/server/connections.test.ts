import { createConnection, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { CallbackServerEvent } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';

function open({ url }: Pick<RunningServer, 'url'>): Socket {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  return socket;
}

/** Everything that arrives until the other side closes the connection. */
async function allOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

/** Sends a request on an open connection, and returns the status line. */
async function ask(socket: Socket, text: string): Promise<string> {
  const response = new Promise<string>((resolve, reject) => {
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString())).once('close', reject);
  });
  socket.write(text);
  return (await response).split('\r\n')[0] ?? '';
}

function postOf(path: string, body: string, more = ''): string {
  const headers = `Host: x\r\nContent-Type: application/json${more}`;
  return `POST ${path} HTTP/1.1\r\n${headers}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const live = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';
const ok = 'HTTP/1.1 200 OK';

async function counted(server: RunningServer, name: string): Promise<number> {
  const metrics = await server.server.metrics();
  return Number(
    metrics
      .split('\n')
      .find((line) => line.startsWith(`callback_server_${name} `))
      ?.split(' ')[1] ?? 0,
  );
}

test.each<[string, string, RegExp]>([
  ['callback', `/callbacks/${token}/accept`, /^HTTP\/1\.1 200 /],
  ['callback to an unknown path', '/callbacks/wrong/accept', /^HTTP\/1\.1 404 /],
  ['callback to an unknown event', `/callbacks/${token}/unknown`, /^HTTP\/1\.1 404 /],
])('a sender that closes its half after a %s gets its response', async (_, path, expected) => {
  const server = await startServer();
  for (let round = 0; round < 20; round++) {
    const socket = open(server);
    socket.end(postOf(path, callback('accept', { id: `m${round}` })));
    expect(await allOf(socket)).toMatch(expected);
  }
});

test('idle connections of strangers keep no sender out, and are counted and reported', async () => {
  const events: CallbackServerEvent[] = [];
  const server = await startServer({ maxConnections: 20, onEvent: (event) => events.push(event) });
  const strangers = Array.from({ length: 20 }, () => open(server));
  for (const each of strangers) expect(await ask(each, live)).toBe(ok);
  const path = `/callbacks/${token}/accept`;
  const sender = open(server);
  expect(await ask(sender, postOf(path, callback('accept')))).toBe(ok);
  // The sender's own idle connection outlives further strangers.
  for (let round = 0; round < 40; round++) expect(await ask(open(server), live)).toBe(ok);
  expect(await ask(sender, postOf(path, callback('accept', { id: 'two' })))).toBe(ok);
  expect(await counted(server, 'connections_closed_total{connection="stranger"}')).toBe(41);
  expect(events).toContainEqual({ type: 'too-many-connections', closed: 'stranger' });
});

test('a connection with a request in progress is not closed for a new connection', async () => {
  const server = await startServer({ maxConnections: 2 });
  const path = `/callbacks/${token}/accept`;
  const body = callback('accept');
  const senders = [open(server), open(server)];
  for (const each of senders) expect(await ask(each, postOf(path, body))).toBe(ok);
  // The server responds 100 when it has the head of the request.
  const half = postOf(path, body, '\r\nExpect: 100-continue').slice(0, -10);
  for (const each of senders) expect(await ask(each, half)).toBe('HTTP/1.1 100 Continue');
  await allOf(open(server)).catch(() => {});
  expect(await counted(server, 'connections_closed_total{connection="new"}')).toBe(1);
  for (const each of senders) expect(await ask(each, body.slice(-10))).toBe(ok);
});

test.each<[string, string, string, number]>([
  ['what is no HTTP', 'nonsense\r\n\r\n', 'malformed', 400],
  ['a request without a host', 'GET /health/live HTTP/1.1\r\n\r\n', 'malformed', 400],
  ['a host that is not valid', 'GET / HTTP/1.1\r\nHost: a b@c\r\n\r\n', 'malformed', 400],
  ['an absolute URL of another kind', 'GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n', 'malformed', 400],
  ['endless headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, 'headers', 431],
  ['headers that never end', 'GET / HTTP/1.1\r\nHost: x\r\n', 'timeout', 408],
])('%s gets its status, and is counted', async (_, text, reason, status) => {
  const events: CallbackServerEvent[] = [];
  const server = await startServer({ onEvent: (event) => events.push(event) });
  const socket = open(server);
  socket.write(text);
  expect(await allOf(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(await counted(server, `refusals_total{reason="${reason}"}`)).toBe(1);
  expect(events).toEqual([{ type: 'refused', reasons: [reason], status }]);
});

test('at a stop, a request on an earlier connection gets its response, and the connection closes', async () => {
  const server = await startServer({ drainMs: 100, graceMs: 240_000 });
  const path = `/callbacks/${token}/accept`;
  const busy = open(server);
  const body = callback('accept', { id: 'busy' });
  busy.write(postOf(path, body).slice(0, -10));
  const fresh = open(server);
  await new Promise((resolve) => fresh.once('connect', resolve));
  expect(await ask(open(server), live)).toBe(ok);
  const stopped = server.server.stop();
  // The listener has closed once it refuses connections.
  await eventually(async () => {
    const late = open(server);
    await new Promise((resolve, reject) => late.once('connect', reject).once('error', resolve));
  });
  const rest = allOf(busy);
  busy.write(body.slice(-10));
  const response = await rest;
  expect(response).toMatch(/^HTTP\/1\.1 200 /);
  expect(response).toMatch(/\r\nConnection: close\r\n/i);
  await stopped;
  expect(await allOf(fresh)).toBe('');
});

import { Agent, request } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isSpaceLow, watchDisk } from '../../src/health/watch-disk.ts';
import { watchClock } from '../../src/time/watch-clock.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { serve } from '../support/running-binary.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

/** Returns a function that sends requests on one keep-alive connection. */
function openConnection(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return (path: string, body?: string) =>
    new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const headers = { 'content-type': 'application/json' };
      request(`${url}${path}`, { agent, method, headers }, (response) => {
        response
          .resume()
          .on('end', () => resolve({ status: response.statusCode, connection: response.headers.connection }));
      })
        .on('error', reject)
        .end(body);
    });
}

test('a draining server still receives, is not ready, and asks senders to close their connections', async () => {
  const server = await serve(temporaryDatabase(), { DRAIN_SECONDS: '600' });
  const send = openConnection(server.url);
  const path = `/callbacks/${token}/accept`;
  expect(await send(path, callback('accept'))).toEqual({ status: 200, connection: 'keep-alive' });
  server.process.kill('SIGTERM');
  await eventually(async () =>
    expect(await send('/health/ready')).toEqual({ status: 503, connection: 'close' }),
  );
  expect(await send(path, callback('accept', { id: 'late' }))).toEqual({ status: 200, connection: 'close' });
  expect((await send('/health/live')).status).toBe(200);
});

test('a stopped server accepts no connection', async () => {
  const { url, server } = await startServer();
  const send = openConnection(url);
  expect((await send('/health/live')).status).toBe(200);
  await server.stop();
  await expect(send('/health/live')).rejects.toThrow();
});

test('a request that is in flight at the stop gets its response', async () => {
  const { url, server } = await startServer({ graceMs: 20_000 });
  const body = callback('accept');
  const connection = createConnection(Number(new URL(url).port), '127.0.0.1');
  const head = `POST /callbacks/${token}/accept HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
  const response = textOf(connection);
  await new Promise<void>((resolve) => {
    connection.write(`${head}Content-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`, () => resolve());
  });
  // The server has the head once it responds to a later request.
  await fetch(`${url}/health/ready`);
  const stopped = server.stop();
  connection.write(body.slice(10));
  expect(await response).toMatch(/^HTTP\/1\.1 200 /);
  await stopped;
});

test('a refusal closes the connection, and the rest of the body is not read', async () => {
  const { url } = await startServer();
  const send = openConnection(url);
  expect(await send('/callbacks/wrong/accept', 'x'.repeat(1000))).toEqual({
    status: 404,
    connection: 'close',
  });
  expect(await send('/health/live')).toEqual({ status: 200, connection: 'keep-alive' });
});

test('a connection beyond the maximum replaces the oldest', async () => {
  const { url } = await startServer({ maxConnections: 2 });
  const port = Number(new URL(url).port);
  const [first, second] = [createConnection(port, '127.0.0.1'), createConnection(port, '127.0.0.1')];
  onTestFinished(() => void [first, second].map((socket) => socket.destroy()));
  await expectLive(first);
  await expectLive(second);
  const third = createConnection(port, '127.0.0.1');
  onTestFinished(() => void third.destroy());
  await new Promise((resolve) => first.once('close', resolve).on('error', () => {}));
  await Promise.all([second, third].map(expectLive));
});

test.each([
  ['a large disk above the reserve is not low', 10_000, 257, false],
  ['a large disk below the reserve is low', 10_000, 255, true],
  ['a small disk above a twentieth of its size is not low', 1000, 51, false],
  ['a small disk below a twentieth of its size is low', 1000, 49, true],
])('the disk reserve: %s', (_, bytes, freeBytes, isLow) => {
  expect(isSpaceLow({ bytes, freeBytes, reusableBytes: 0 }, 256)).toBe(isLow);
});

test.each([
  ['free pages of the database count as free space', 40, 300, false],
  ['the write-ahead log needs free space on the disk itself', 31, 10_000, true],
  ['too little free space in both is low', 40, 215, true],
])('the disk reserve: %s', (_, freeBytes, reusableBytes, isLow) => {
  expect(isSpaceLow({ bytes: 10_000, freeBytes, reusableBytes }, 256)).toBe(isLow);
});

test('watchDisk measures the disk of the database', () => {
  const disk = watchDisk('/', 0, async () => 0);
  onTestFinished(disk.stop);
  expect([disk.freeBytes() > 0, disk.isLow()]).toEqual([true, false]);
});

test('watchClock reports a clock that jumps, and ignores a clock that runs', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const jumps: number[] = [];
  const watch = watchClock((milliseconds) => jumps.push(milliseconds));
  onTestFinished(() => watch.stop());
  vi.advanceTimersByTime(3_600_000);
  vi.setSystemTime(Date.now() + 59_000);
  vi.advanceTimersByTime(5000);
  expect(jumps).toEqual([]);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(5000);
  vi.setSystemTime(Date.now() - 7_200_000);
  vi.advanceTimersByTime(5000);
  expect(jumps).toEqual([3_600_000, -7_200_000]);
});

function textOf(connection: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    connection.once('data', (chunk: Buffer) => resolve(chunk.toString())).once('error', reject);
  });
}

async function expectLive(connection: Socket): Promise<void> {
  const response = textOf(connection);
  connection.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(await response).toMatch(/^HTTP\/1\.1 200 /);
}

test('a server starts once', async () => {
  const { server } = await startServer();
  await expect(server.start()).rejects.toThrow('The server was started already.');
  await server.stop();
  await expect(server.start()).rejects.toThrow('The server has stopped. Create another server.');
});

test('a value that is no event or no handler is refused', async () => {
  const { server } = await startServer();
  // @ts-expect-error The compiler finds the mistake, but a JavaScript program has no compiler.
  expect(() => server.on('accepted', () => {})).toThrow('"accepted" is no event. Events: accept, ');
  // @ts-expect-error Likewise.
  expect(() => server.on('accept', undefined)).toThrow('The handler of accept must be a function.');
});

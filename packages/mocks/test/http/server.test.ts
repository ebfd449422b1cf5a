import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';

let running: RunningSandbox | undefined;
afterEach(() => running?.close());

/** Sends bytes on a new socket and returns everything until the connection ends. */
async function sendBytes(bytes: string): Promise<string> {
  running = await startSandbox({ port: 0, controlPort: 0 });
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
  socket.end(bytes);
  return await text(socket);
}

const login =
  'POST /api/distributors/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n';

test.each([
  ['a request without a path', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
  ['a broken Host', 'GET /api/x HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
  ['a broken escape', 'GET //x/%zz?%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404],
  ['a body that is too large', `${login}Content-Length: 1200000\r\n\r\n${'a'.repeat(1_200_000)}`, 413],
  ['an incomplete body', `${login}Content-Length: 100\r\n\r\n{"a":`, 400],
])('the server refuses %s', async (_, bytes, status) => {
  expect(await sendBytes(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

test('close ends open connections', async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
  socket.write('GET /api/x HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  const closed = once(socket, 'close');
  await running.close();
  await closed;
});

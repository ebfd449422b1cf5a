import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';

let running: RunningSandbox | undefined;
afterEach(() => running?.close());

/** Says something on a socket of its own, and hears everything until the connection ends. */
async function say(said: string): Promise<string> {
  running = await startSandbox({ port: 0, controlPort: 0 });
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
  socket.end(said);
  return await text(socket);
}

const login =
  'POST /api/distributors/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n';

test.each([
  ['a request for no path', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
  ['a broken Host', 'GET /api/x HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
  ['a broken escape', 'GET //x/%zz?%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404],
  ['a body that is too large', `${login}Content-Length: 1200000\r\n\r\n${'a'.repeat(1_200_000)}`, 413],
  ['a body that breaks off', `${login}Content-Length: 100\r\n\r\n{"a":`, 400],
])('answers %s over HTTP with a refusal', async (_, said, status) => {
  expect(await say(said)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

test('closing ends connections that are kept alive', async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  await (await fetch(`${running.url}/api/x`)).text();
  const begun = performance.now();
  await running.close();
  expect(performance.now() - begun).toBeLessThan(1000);
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { requests } from '@partner-ecosystem/openapi/examples';
import { afterEach, expect, test } from 'vitest';
import { blockedPorts } from '../../src/http/blocked-ports.ts';
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

test.each([
  [
    'a whole URL, as for a proxy',
    'GET http://provider.test/api/x HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n',
  ],
  ['HTTP/1.0 without a Host', 'GET /api/x HTTP/1.0\r\n\r\n'],
  [
    'an offer of HTTP/2',
    'GET /api/x HTTP/1.1\r\nHost: x\r\nConnection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n',
  ],
])('the sandbox responds to %s', async (_, bytes) => {
  const response = await sendBytes(bytes);
  expect(response).toMatch(/^HTTP\/1.1 404 /);
  expect(response).toContain('no method to handle GET /api/x');
});

const upload = JSON.stringify(requests.uploadBase64.image);

test.each([
  [
    'the name in a whole URL',
    'http://provider.test:81/api/base64 HTTP/1.1\r\nHost: other',
    'http://provider.test:81/',
  ],
  ['the address of the server', '/api/base64 HTTP/1.0', 'http://127.0.0.1:'],
])('the address of a stored file begins with %s', async (_, target, address) => {
  const headers = `Connection: close\r\nContent-Type: application/json\r\nContent-Length: ${upload.length}`;
  expect(await sendBytes(`POST ${target}\r\n${headers}\r\n\r\n${upload}`)).toContain(
    `"directURL":"${address}`,
  );
});

test('an idle connection stays open for longer than the clients of other languages keep theirs', async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  for (const url of [running.url, `${running.controlUrl}/health`]) {
    const { headers } = await fetch(url);
    expect(headers.get('keep-alive')).toBe('timeout=75');
  }
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

test('one port for both servers is refused, and the message names the two options', async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  const port = Number(new URL(running.url).port);
  await running.close();
  await expect(startSandbox({ port, controlPort: port })).rejects.toThrow(
    `--port and --control-port are both ${port}. Give them different ports`,
  );
});

test('a port that fetch refuses is refused, by the name of its option', async () => {
  const problem =
    'No fetch can reach port 6000, because browsers and Node refuse this port. Give another port with';
  await expect(startSandbox({ port: 6000, controlPort: 0 })).rejects.toThrow(`${problem} --port.`);
  await expect(startSandbox({ port: 0, controlPort: 6000 })).rejects.toThrow(`${problem} --control-port.`);
});

test('a host that cannot be listened on is refused, by the names of its options', async () => {
  const host = '192.0.2.1'; // Reserved for documentation, so no machine has it.
  const problem = 'Cannot listen on 192.0.2.1:0 (EADDRNOTAVAIL). Give another host with';
  await expect(startSandbox({ port: 0, controlPort: 0, host })).rejects.toThrow(
    `${problem} --host, or another port with --port.`,
  );
  await expect(startSandbox({ port: 0, controlPort: 0, controlHost: host })).rejects.toThrow(
    `${problem} --control-host, or another port with --control-port.`,
  );
});

test('the sandbox refuses the same ports as fetch', async () => {
  for (const port of blockedPorts) {
    const reason = await fetch(`http://127.0.0.1:${port}`).catch(({ cause }: Error) => `${cause}`);
    expect([port, reason]).toEqual([port, 'Error: bad port']);
  }
});

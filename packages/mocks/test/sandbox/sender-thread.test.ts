import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { flowId, pendingMerchant, readySandbox, realmId } from '../support/journey.ts';

/** Ports that `fetch` and browsers refuse. */
const refusedPorts = [10_080, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697];

/** Starts a receiver on the first of these ports that is free. */
async function listenOn([port, ...others]: readonly number[]) {
  const server = createServer((_, response) => void response.end());
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (others.length === 0) throw error;
    return listenOn(others);
  }
  onTestFinished(() => void server.close());
  const { port: free } = server.address() as AddressInfo; // A string only for pipes.
  return `http://127.0.0.1:${free}/`;
}

/** Posts a callback, and returns its attempts. */
async function post(url: string) {
  const { sandbox, api, token, distributorId } = await readySandbox();
  const callbacks = { pending: url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await pendingMerchant(api, token);
  await sandbox.callbacks.drain();
  return sandbox.callbacks.all()[0]?.attempts;
}

test('the thread that posts callbacks ends when it has no work, and another starts with the next callback', async () => {
  const url = await listenOn([0]);
  const exits: Promise<unknown>[] = [];
  const watch = (thread: Worker) => void exits.push(once(thread, 'exit'));
  process.on('worker', watch);
  onTestFinished(() => void process.off('worker', watch));
  const nextThread = async (count: number) => {
    expect(await post(url)).toMatchObject([{ status: 200 }]);
    expect(exits).toHaveLength(count);
  };
  // The thread of an earlier test ends after a second without work.
  await vi.waitFor(() => nextThread(1), { interval: 2000, timeout: 240_000 });
  await exits[0];
  await nextThread(2);
  await exits[1];
});

test('a callback goes also to a port that fetch refuses', async () => {
  expect(await post(await listenOn(refusedPorts))).toMatchObject([{ status: 200 }]);
});

test('what NODE_OPTIONS loads into each thread does not touch the thread that posts callbacks', async () => {
  const folder = await mkdtempDisposable(join(tmpdir(), 'preload-'));
  onTestFinished(() => folder.remove());
  const preload = join(folder.path, 'preload.cjs');
  // As instrumentation that patches Node's HTTP client.
  await writeFile(preload, "require('node:http').request = () => { throw new Error('patched'); };");
  const url = await listenOn([0]);
  const entry = new URL('../../src/index.ts', import.meta.url);
  const program = `
    import { createSandbox, scenario } from '${entry}';
    const start = scenario().partner(undefined, { pending: '${url}' }).build();
    const sandbox = createSandbox({ scenario: start });
    sandbox.backOffice.addSampleCases();
    await sandbox.callbacks.drain();
    console.log(JSON.stringify(sandbox.callbacks.all()[0].attempts));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, NODE_OPTIONS: `--require ${preload}` },
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  await once(child, 'close');
  expect(JSON.parse(`${Buffer.concat(output)}`)).toMatchObject([{ status: 200 }]);
});

test.each([
  ['changes the protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
  ['does not speak HTTP', 'garbage\r\n\r\n'],
  ['closes without a response', ''],
])('a callback to a receiver that %s fails at once', async (_, response) => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => (response === '' ? socket.destroy() : socket.write(response)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // A string only for pipes.
  expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject([
    { problem: expect.stringContaining('The connection failed') },
  ]);
});

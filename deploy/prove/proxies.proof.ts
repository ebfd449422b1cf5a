import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallbackServer } from '@partner-ecosystem/callback-server';
import { requireTool } from '@partner-ecosystem/testing/require-tool';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callbackBody, postThrough, sendBytes, senderAddress, token } from './post-callback.ts';
import { proxies, type RunningProxy, runProxy } from './run-proxy.ts';

async function startReceiver({ drainMs = 0, port = 0 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'receiver-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const server = await createCallbackServer({
    databaseUrl: `sqlite:${join(folder, 'callbacks.db')}`,
    callbackTokens: [token],
    trustedProxyHops: 1,
    port,
    adminPort: 0,
    drainMs,
  });
  const { url } = await server.start();
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= server.stop());
  onTestFinished(stop);
  return { callbacks: server.callbacks, address: new URL(url).host, stop };
}

async function startProxy(
  name: (typeof proxies)[number],
  ...addresses: readonly string[]
): Promise<RunningProxy> {
  const proxy = await runProxy(name, addresses);
  onTestFinished(proxy.stop);
  return proxy;
}

describe.each(proxies)('%s', (name) => {
  requireTool(name);

  test('passes a callback on with its exact bytes, and with the address that it came from', async () => {
    const { callbacks, address } = await startReceiver();
    const proxy = await startProxy(name, address);
    const body = callbackBody(1);
    expect(await postThrough(proxy, body)).toBe(200);
    const [stored] = await callbacks.list();
    const whole = await callbacks.get(stored?.id ?? '');
    expect(Buffer.from(whole?.body ?? []).toString()).toBe(body);
    expect(whole?.receipts.map((receipt) => receipt.address)).toEqual([senderAddress]);
  });

  test('passes the longest body that the server takes, and refuses a longer one with 413', async () => {
    const { callbacks, address } = await startReceiver();
    const proxy = await startProxy(name, address);
    expect(await postThrough(proxy, callbackBody(1, 262_144))).toBe(200);
    for (const length of [262_145, 3_000_000])
      expect(await postThrough(proxy, callbackBody(2, length))).toBe(413);
    expect(await callbacks.list()).toHaveLength(1);
  });

  test('responds 404 to every path except those of callbacks', async () => {
    const { address } = await startReceiver();
    const proxy = await startProxy(name, address);
    for (const path of ['/', '/health/ready', '/metrics', '/callbacks/a-wrong-token-of-somebody/accept'])
      expect(await postThrough(proxy, '{}', path)).toBe(404);
  });

  test('writes no token of a callback that is stored, refused or lost', async () => {
    const { address, stop } = await startReceiver();
    const proxy = await startProxy(name, address);
    expect(await postThrough(proxy, callbackBody(1))).toBe(200);
    expect(await postThrough(proxy, callbackBody(2, 262_145))).toBe(413);
    await stop();
    expect(await postThrough(proxy, callbackBody(3))).toBeGreaterThanOrEqual(502);
    expect(proxy.logged()).not.toContain(token);
  });

  test('writes no token of a request that the proxy ends itself', async () => {
    const { address } = await startReceiver();
    const proxy = await startProxy(name, address);
    const line = `POST /callbacks/${token}/accept HTTP/1.1\r\n`;
    const end = 'Connection: close\r\n\r\n';
    const host = 'Host: localhost\r\n';
    const refused = await Promise.all([
      sendBytes(proxy, `${line}${end}`),
      sendBytes(proxy, `${line}${host}A bad header\r\n${end}`),
      sendBytes(proxy, `${line}${host}X-Long: ${'x'.repeat(40_000)}\r\n${end}`),
      sendBytes(proxy, `POST /callbacks/${token}/${'x'.repeat(40_000)} HTTP/1.1\r\n${host}${end}`),
      sendBytes(proxy, `${line}${host}Content-Length: 0\r\n${end}`, 'http'),
    ]);
    for (const response of refused) expect(response).toMatch(/^HTTP\/1\.[01] 4\d\d /);
    // The header timeout of the configuration ends this request.
    await sendBytes(proxy, `${line}${host}`);
    expect(proxy.logged()).not.toContain(token);
  });

  test('loses no callback when its two replicas are replaced, one after the other', async () => {
    const drainMs = 5000;
    const replicas = [await startReceiver({ drainMs }), await startReceiver({ drainMs })];
    const proxy = await startProxy(name, ...replicas.map(({ address }) => address));
    const statuses: number[] = [];
    let merchant = 0;
    let isReplaced = false;
    const sendOneByOne = async () => {
      while (!isReplaced) statuses.push(await postThrough(proxy, callbackBody(++merchant)));
    };
    const sending = Array.from({ length: 8 }, sendOneByOne);
    for (const { address, stop } of replicas) {
      await stop();
      await startReceiver({ port: Number(new URL(`http://${address}`).port) });
    }
    isReplaced = true;
    await Promise.all(sending);
    for (let more = 0; more < 20; more += 1)
      statuses.push(await postThrough(proxy, callbackBody(++merchant)));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

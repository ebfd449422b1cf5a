import { webhooks } from '@partner-ecosystem/openapi/validators';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Event } from '../../src/index.ts';
import { startSandbox } from '../../src/node.ts';
import {
  ApiSession,
  flowId,
  pendingMerchant,
  readyPartner,
  readySandbox,
  realmId,
} from '../support/journey.ts';
import { patiently, startReceiver } from '../support/receiver.ts';

async function receiver(respond?: (attempt: number) => Response) {
  const started = await startReceiver(respond);
  onTestFinished(started.close);
  return started;
}

/** Creates a sandbox with one waiting callback for a URL. */
async function waitingFor(url: string, allowedCallbackHosts: readonly string[] = []) {
  const ready = await readySandbox({ allowedCallbackHosts });
  const { api, token, distributorId } = ready;
  const callbacks = { pending: url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await pendingMerchant(api, token);
  return ready;
}

test('a running sandbox posts each event to the URL of registerCallbacks', async () => {
  const { url, received } = await receiver();
  const running = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(running.close);
  const api = new ApiSession(fetch, running.url);
  const { token, distributorId } = await readyPartner(api, running.sandbox.fixtures.administratorToken);
  const callbacks = { accept: `${url}/accept`, reject: `${url}/reject`, pending: `${url}/pending` };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  const [one, two] = [await pendingMerchant(api, token), await pendingMerchant(api, token)];
  running.sandbox.backOffice.accept(one);
  running.sandbox.backOffice.reject(two, { reason: 'blurred' });
  await running.sandbox.callbacks.drain();
  expect(received.map(({ path }) => path).sort()).toEqual(['/accept', '/pending', '/pending', '/reject']);
  for (const { path, body, contentType } of received) {
    expect(webhooks[path.slice(1) as Event].validate(body)).toMatchObject({ ok: true });
    expect(contentType).toBe('application/json');
  }
  expect(running.sandbox.callbacks.all().map(({ status }) => status)).toEqual(Array(4).fill('delivered'));
});

test('a failed callback is repeated after 2, 3 and 5 seconds', async () => {
  const { url, received } = await receiver(
    (attempt) => new Response('', { status: attempt < 4 ? 500 : 200 }),
  );
  const { sandbox, clock } = await waitingFor(url);
  for (const wait of [0, 2000, 3000, 5000]) {
    clock.now += wait - 1;
    const before = received.length;
    if (wait > 0) await sandbox.callbacks.drain();
    expect(received).toHaveLength(before);
    clock.now += 1;
    await sandbox.callbacks.drain();
    expect(received).toHaveLength(before + 1);
  }
  const [callback] = sandbox.callbacks.all();
  expect(callback?.status).toBe('delivered');
  expect(callback?.attempts.map(({ status }) => status)).toEqual([500, 500, 500, 200]);
  expect(new Set(received.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(sandbox.callbacks.nextDueAt()).toBeUndefined();
});

test('the tenth failed attempt is the last', async () => {
  const { url, received } = await receiver(() => new Response('', { status: 503 }));
  const { sandbox, clock } = await waitingFor(url);
  for (let round = 0; round < 12; round++) {
    await sandbox.callbacks.drain();
    clock.now += 100_000;
  }
  expect(received).toHaveLength(10);
  expect(sandbox.callbacks.all()[0]).toMatchObject({ status: 'failed' });
});

test('two concurrent drains deliver a callback once', async () => {
  const { url, received } = await receiver();
  const { sandbox } = await waitingFor(url);
  await Promise.all([sandbox.callbacks.drain(), sandbox.callbacks.drain()]);
  expect(received).toHaveLength(1);
});

test('a redirect is not followed', async () => {
  const target = await receiver();
  const { url } = await receiver(() => Response.redirect(target.url));
  const { sandbox } = await waitingFor(url);
  await sandbox.callbacks.drain();
  expect(target.received).toEqual([]);
  expect(sandbox.callbacks.all()[0]?.attempts).toMatchObject([{ status: 302 }]);
});

test.each([
  'http://192.0.2.1/token-in-path',
  'http://10.0.0.1/token-in-path',
  'http://169.254.169.254/token-in-path',
  'http://0.0.0.0:1/token-in-path',
  'http://127.0.0.1.example.com/token-in-path',
  'http://localhost.example.com/token-in-path',
  'http://[::ffff:192.0.2.1]/token-in-path',
  'http://user:pass@127.0.0.1/token-in-path',
  'http://[/token-in-path',
])('the sandbox posts nothing to %s', async (url) => {
  const { sandbox } = await waitingFor(url);
  const spy = vi.spyOn(globalThis, 'fetch');
  await sandbox.callbacks.drain();
  expect(spy).not.toHaveBeenCalled();
  spy.mockRestore();
  const [callback] = sandbox.callbacks.all();
  expect(callback).toMatchObject({ status: 'waiting', attempts: [{ problem: expect.any(String) }] });
  expect(JSON.stringify([callback?.attempts, sandbox.journal()])).not.toContain('token-in-path');
});

test.each(['127.0.0.1', 'localhost', '2130706433'])('%s is a name of this machine', async (host) => {
  const { url, received } = await receiver();
  const { sandbox } = await waitingFor(url.replace('127.0.0.1', host));
  await sandbox.callbacks.drain();
  expect(received).toHaveLength(1);
});

/** An attempt to post to an unknown host. A slow server of names can outlast the time limit of the attempt. */
const wasTried = {
  problem: expect.stringMatching(
    /^(The connection failed \((ENOTFOUND|EAI_AGAIN)\)|No response within 10 seconds)\.$/,
  ),
};

test('a listed host may receive callbacks', async () => {
  const { sandbox } = await waitingFor('http://partner.invalid/', ['partner.invalid']);
  await sandbox.callbacks.drain();
  expect(sandbox.callbacks.all()[0]?.attempts).toMatchObject([wasTried]);
});

test('an attempt to an unreachable receiver records the reason', async () => {
  // The port is privileged, and has no service. Another process could take a port that a receiver has left.
  const { sandbox } = await waitingFor('http://127.0.0.1:2/');
  await sandbox.callbacks.drain();
  expect(sandbox.callbacks.all()[0]?.attempts).toMatchObject([
    { problem: expect.stringContaining('ECONNREFUSED') },
  ]);
});

test('close aborts a delivery that hangs', async () => {
  const arrived = Promise.withResolvers<void>();
  const never = Promise.withResolvers<Response>();
  const hanging = await startReceiver(() => {
    arrived.resolve();
    return never.promise;
  });
  onTestFinished(hanging.close);
  const running = await startSandbox({ port: 0, controlPort: 0 });
  const api = new ApiSession(fetch, running.url);
  const { token, distributorId } = await readyPartner(api, running.sandbox.fixtures.administratorToken);
  const json = { distributorId, realmId, flowId, callbacks: { pending: hanging.url } };
  await api.send('registerCallbacks', { token, json });
  await pendingMerchant(api, token);
  await arrived.promise;
  await running.close();
  // Without the abort, `close` would wait for the timeout of the attempt, which the attempt would record.
  expect(JSON.stringify(running.sandbox.callbacks.all())).not.toContain('No response within 10 seconds');
});

test('an attempt that is in progress when the state is replaced counts for no callback of the new state', async () => {
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  const { url, received } = await receiver();
  const slow = await startReceiver(() => {
    resolve();
    return new Promise<Response>(() => {}); // Responds never.
  });
  onTestFinished(slow.close);
  const { sandbox, api, token, distributorId } = await waitingFor(slow.url);
  const posting = sandbox.callbacks.drain();
  await arrived;
  const [before] = sandbox.callbacks.all();
  sandbox.reset();
  await posting; // The attempt ends at once.
  expect(sandbox.callbacks.all()).toEqual([]);
  expect(sandbox.journal()).toEqual([]);
  const again = await readyPartner(api, sandbox.fixtures.administratorToken);
  expect(again).toEqual({ token, distributorId }); // The clock stands still, so the same ids come again.
  const callbacks = { pending: url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await pendingMerchant(api, token);
  expect(sandbox.callbacks.all()).toMatchObject([{ id: before?.id, status: 'waiting', attempts: [] }]);
  expect(await sandbox.callbacks.next({}, patiently)).toMatchObject({ id: before?.id, status: 'delivered' });
  expect(received).toHaveLength(1);
});

test('a callback is posted again without waiting for other receivers', async () => {
  const { url, received } = await receiver();
  const hanging = await startReceiver(() => new Promise<Response>(() => {}));
  onTestFinished(hanging.close);
  const { sandbox, api, token, distributorId } = await waitingFor(url);
  const { id } = await sandbox.callbacks.next({}, patiently);
  const callbacks = { pending: hanging.url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await pendingMerchant(api, token);
  const leaving = new AbortController();
  const all = sandbox.callbacks.drain({ signal: leaving.signal });
  expect((await sandbox.callbacks.redeliver(id)).attempts).toHaveLength(2);
  expect(received).toHaveLength(2);
  expect(sandbox.callbacks.list({ status: 'delivered' }).total).toBe(1);
  expect(sandbox.callbacks.list({ status: 'waiting' }).rows).toMatchObject([{ attempts: [] }]);
  leaving.abort();
  await all;
});

test('a host of allowedCallbackHosts may be written in any case', async () => {
  const { sandbox } = await waitingFor('http://receiver.invalid/', ['Receiver.Invalid']);
  await sandbox.callbacks.drain();
  expect(sandbox.callbacks.all()[0]?.attempts).toMatchObject([wasTried]);
});

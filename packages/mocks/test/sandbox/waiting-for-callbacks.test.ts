import { expect, onTestFinished, test, vi } from 'vitest';
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

async function receiver(respond?: (attempt: number) => Response | Promise<Response>) {
  const started = await startReceiver(respond);
  onTestFinished(started.close);
  return started;
}

async function registered(url: string) {
  const ready = await readySandbox();
  const { api, token, distributorId } = ready;
  const callbacks = { accept: `${url}/accept`, pending: `${url}/pending` };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  return ready;
}

test('callbacks.next returns each callback once, also if it was posted before the call', async () => {
  const { url } = await receiver();
  const { sandbox, api, token } = await registered(url);
  const one = await pendingMerchant(api, token);
  await sandbox.callbacks.drain();
  expect(await sandbox.callbacks.next({}, patiently)).toMatchObject({
    event: 'pending',
    merchantId: one,
    status: 'delivered',
  });
  const waiting = sandbox.callbacks.next({ event: 'accept' }, patiently);
  const two = await pendingMerchant(api, token);
  sandbox.backOffice.accept(two);
  await sandbox.callbacks.drain();
  expect(await waiting).toMatchObject({ event: 'accept', merchantId: two });
  expect(await sandbox.callbacks.next({}, patiently)).toMatchObject({ event: 'pending', merchantId: two });
});

test('callbacks.next returns a callback whose id a callback before a restored snapshot had', async () => {
  const { url } = await receiver();
  const { sandbox, api, token } = await registered(url);
  const registration = sandbox.snapshot();
  const first = await pendingMerchant(api, token);
  const before = await sandbox.callbacks.next({}, patiently);
  sandbox.restore(registration);
  expect(await pendingMerchant(api, token)).toBe(first);
  expect((await sandbox.callbacks.next({}, patiently)).id).toBe(before.id);
});

test('callbacks.next returns a callback that a restored snapshot has made unposted again', async () => {
  const { url, received } = await receiver();
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const unposted = sandbox.snapshot();
  const { id } = await sandbox.callbacks.next({}, patiently);
  sandbox.restore(unposted);
  expect(await sandbox.callbacks.next({}, patiently)).toMatchObject({ id, status: 'delivered' });
  expect(received).toHaveLength(2);
});

test('without a timeout, callbacks.next fails before the five seconds that Vitest and Jest give a test', async () => {
  const { sandbox } = await readySandbox();
  const timeout = new AbortController();
  const timers = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(timeout.signal);
  onTestFinished(() => timers.mockRestore());
  const waiting = sandbox.callbacks.next();
  timeout.abort();
  await expect(waiting).rejects.toThrow('was posted within 4000 ms');
  expect(timers).toHaveBeenCalledWith(4000);
});

test('callbacks.next posts due callbacks', async () => {
  const { url, received } = await receiver();
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  await sandbox.callbacks.next({ event: 'pending' }, patiently);
  expect(received).toHaveLength(1);
});

test('the timeout error of callbacks.next counts the callbacks', async () => {
  const { sandbox } = await readySandbox();
  await expect(sandbox.callbacks.next({ event: 'accept' }, { timeoutMs: 20 })).rejects.toThrow(
    'No callback that matches {"event":"accept"} was posted within 20 ms. The sandbox has 0 callbacks; 0 of them',
  );
});

test('a wait that is aborted takes no callback', async () => {
  const { url } = await receiver();
  const { sandbox, api, token } = await registered(url);
  const leaving = new AbortController();
  const waiting = sandbox.callbacks.next({}, { signal: leaving.signal });
  leaving.abort(new Error('the test has moved on'));
  await expect(waiting).rejects.toThrow('the test has moved on');
  await expect(sandbox.callbacks.next({}, { signal: leaving.signal })).rejects.toThrow('moved on');
  const merchantId = await pendingMerchant(api, token);
  expect(await sandbox.callbacks.next({}, patiently)).toMatchObject({ merchantId });
});

test('take resolves with as many callbacks as wanted, and otherwise leaves them all', async () => {
  const { url } = await receiver();
  const { sandbox, api, token } = await registered(url);
  const merchants = [await pendingMerchant(api, token), await pendingMerchant(api, token)];
  const early = sandbox.callbacks.take(3, {}, { timeoutMs: 300 });
  await expect(early).rejects.toThrow('Fewer than 3 callbacks that match {} were posted within 300 ms');
  const three = sandbox.callbacks.take(3, {}, patiently);
  merchants.push(await pendingMerchant(api, token));
  await sandbox.callbacks.drain();
  expect((await three).map(({ merchantId }) => merchantId)).toEqual(merchants);
});

test('a peek leaves the callback, and putBack makes a taken callback the next again', async () => {
  const { url } = await receiver();
  const { sandbox, api, token } = await registered(url);
  const first = await pendingMerchant(api, token);
  await pendingMerchant(api, token);
  expect(await sandbox.callbacks.next({}, { ...patiently, peek: true })).toMatchObject({ merchantId: first });
  const { id, merchantId } = await sandbox.callbacks.next({}, patiently);
  expect(merchantId).toBe(first);
  sandbox.callbacks.putBack([id, 'unknown']);
  expect(await sandbox.callbacks.next({}, patiently)).toMatchObject({ id });
});

test('two waits for the same callbacks get different callbacks', async () => {
  const { url } = await receiver();
  const { sandbox, api, token } = await registered(url);
  const waits = [
    sandbox.callbacks.next({}, patiently),
    sandbox.callbacks.next({ event: 'pending' }, patiently),
  ];
  const merchants = [await pendingMerchant(api, token), await pendingMerchant(api, token)];
  await sandbox.callbacks.drain();
  expect((await Promise.all(waits)).map(({ merchantId }) => merchantId)).toEqual(merchants);
});

test('redeliver posts a callback again', async () => {
  const { url, received } = await receiver();
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const { id } = await sandbox.callbacks.next({}, patiently);
  const again = await sandbox.callbacks.redeliver(id);
  expect(again.attempts).toHaveLength(2);
  expect(received[1]?.text).toBe(received[0]?.text);
  await expect(sandbox.callbacks.redeliver('none')).rejects.toThrow('no callback with the id none');
});

test.each([200, 503])(
  'each redelivery that is requested during an attempt is an attempt of its own, also if the first gets %i',
  async (first) => {
    const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { url, received } = await receiver(async (attempt) => {
      if (attempt > 1) return new Response();
      begun.resolve();
      await ended.promise;
      return new Response('', { status: first });
    });
    const { sandbox, api, token } = await registered(url);
    await pendingMerchant(api, token);
    const posting = sandbox.callbacks.drain();
    await begun.promise;
    const [{ id = '' } = {}] = sandbox.callbacks.all();
    const again = [sandbox.callbacks.redeliver(id), sandbox.callbacks.redeliver(id)];
    ended.resolve();
    const results = await Promise.all(again);
    await posting;
    expect(results.map(({ attempts }) => attempts.length)).toEqual([2, 3]);
    expect(sandbox.callbacks.find(id)).toMatchObject({ status: 'delivered' });
    expect(received).toHaveLength(3);
  },
);

test('a redelivery that is requested during an attempt fails if a reset removes the callback', async () => {
  const begun = Promise.withResolvers<void>();
  const { url } = await receiver(() => {
    begun.resolve();
    return new Promise<Response>(() => {}); // Hangs.
  });
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const posting = sandbox.callbacks.drain();
  await begun.promise;
  const [{ id = '' } = {}] = sandbox.callbacks.all();
  const again = sandbox.callbacks.redeliver(id);
  sandbox.reset();
  await expect(again).rejects.toThrow(`There is no callback with the id ${id}.`);
  await posting;
});

test('advance runs each attempt at its due time', async () => {
  const { url, received } = await receiver(() => new Response('', { status: 503 }));
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const begun = sandbox.clock.now();
  await sandbox.clock.advance('1d');
  expect(received).toHaveLength(10);
  const [callback] = sandbox.callbacks.all();
  expect(callback?.attempts.map(({ at }) => (at - begun) / 1000)).toEqual([
    0, 2, 5, 10, 18, 31, 52, 86, 141, 230,
  ]);
  expect(callback?.status).toBe('failed');
  expect(sandbox.clock.now()).toBe(begun + 86_400_000);
});

test('advances at the same time follow each other, so that each moves the clock by its whole duration', async () => {
  const { url, received } = await receiver(() => new Response('', { status: 503 }));
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const begun = sandbox.clock.now();
  await Promise.all([sandbox.clock.advance('3s'), sandbox.clock.advance('1d'), sandbox.clock.advance('2d')]);
  expect(sandbox.clock.now()).toBe(begun + 3000 + 3 * 86_400_000);
  expect(received).toHaveLength(10);
});

test('an advance that would pass the last date after another advance is refused, and moves nothing', async () => {
  const { url } = await receiver();
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const begun = sandbox.clock.now();
  const rest = 0xffff_ffff * 1000 - begun;
  const [one, other] = [sandbox.clock.advance('1d'), sandbox.clock.advance(rest)];
  await one;
  await expect(other).rejects.toThrow(RangeError);
  expect(sandbox.clock.now()).toBe(begun + 86_400_000);
});

test('runUntilIdle runs all due tasks and stops at its limit', async () => {
  const { url, received } = await receiver(() => new Response('', { status: 503 }));
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  await expect(sandbox.clock.runUntilIdle({ max: 3 })).rejects.toThrow('stopped after 3 tasks');
  expect(received).toHaveLength(3);
  await sandbox.clock.runUntilIdle();
  expect(received).toHaveLength(10);
  expect(sandbox.callbacks.nextDueAt()).toBeUndefined();
});

test('the journal has each attempt with its fidelity', async () => {
  const { url } = await receiver((attempt) => new Response('', { status: attempt === 1 ? 500 : 200 }));
  const { sandbox, api, token } = await registered(url);
  const merchantId = await pendingMerchant(api, token);
  await sandbox.clock.advance('1m');
  expect(sandbox.journal().filter(({ kind }) => kind === 'callback')).toMatchObject([
    { event: 'pending', merchantId, status: 500, fidelity: 'documented' },
    { event: 'pending', merchantId, status: 200, fidelity: 'observed' },
  ]);
  expect(JSON.stringify(sandbox.journal())).not.toContain(url);
});

test('a running sandbox makes scheduled decisions automatically', async () => {
  const { url } = await receiver();
  const running = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(running.close);
  const api = new ApiSession(fetch, running.url);
  const { token, distributorId } = await readyPartner(api, running.sandbox.fixtures.administratorToken);
  const callbacks = { accept: `${url}/accept` };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  running.sandbox.backOffice.setPolicy({ kind: 'auto-accept', after: '50ms' });
  const merchantId = await pendingMerchant(api, token);
  const callback = await running.sandbox.callbacks.next({ event: 'accept' }, patiently);
  expect(callback).toMatchObject({ merchantId, status: 'delivered' });
});

test('a running sandbox posts the waiting callbacks of a restored state', async () => {
  const both = Promise.withResolvers<void>();
  const { url } = await receiver((attempt) => {
    if (attempt === 2) both.resolve();
    return new Response();
  });
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const running = await startSandbox({ port: 0, controlPort: 0, now: sandbox.clock.now });
  onTestFinished(running.close);
  running.sandbox.restore(sandbox.snapshot());
  running.sandboxes.create({ scenario: { ...sandbox.scenario(), name: 'one waits' } });
  await both.promise;
});

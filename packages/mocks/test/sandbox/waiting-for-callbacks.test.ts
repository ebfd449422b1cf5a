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
import { patiently } from '../support/receiver.ts';
import { receiver, registered } from '../support/registered-receiver.ts';

test('callbacks.next returns each callback once, even if it was posted before the call', async () => {
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

test('after a restored snapshot, callbacks.next returns a new callback with the id of an earlier callback', async () => {
  const { url } = await receiver();
  const { sandbox, api, token } = await registered(url);
  const registration = sandbox.snapshot();
  const first = await pendingMerchant(api, token);
  const before = await sandbox.callbacks.next({}, patiently);
  sandbox.restore(registration);
  expect(await pendingMerchant(api, token)).toBe(first);
  expect((await sandbox.callbacks.next({}, patiently)).id).toBe(before.id);
});

test('callbacks.next returns a callback again if a restored snapshot has not posted the callback', async () => {
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

test('take resolves with the wanted number of callbacks, or takes no callback', async () => {
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

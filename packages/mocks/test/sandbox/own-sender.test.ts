import http from 'node:http';
import { setupServer } from 'msw/node';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { flowId, pendingMerchant, readySandbox, realmId } from '../support/journey.ts';
import { startReceiver } from '../support/receiver.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Creates a sandbox with one waiting callback, and the receiver of this callback. */
async function waiting() {
  const receiver = await startReceiver();
  onTestFinished(receiver.close);
  const ready = await readySandbox();
  const { api, token, distributorId } = ready;
  const callbacks = { pending: `${receiver.url}/secret-path` };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await pendingMerchant(api, token);
  return { ...ready, received: receiver.received };
}

test('a callback does not pass through MSW, so that no warning shows its address and its body', async () => {
  const { sandbox, received } = await waiting();
  const printed = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')].map((spy) =>
    spy.mockImplementation(() => {}),
  );
  const seen: string[] = [];
  const msw = setupServer();
  msw.events.on('request:start', ({ request }) => void seen.push(request.url));
  msw.listen();
  onTestFinished(() => msw.close());
  await sandbox.callbacks.drain();
  expect(received).toHaveLength(1);
  expect(seen).toEqual([]);
  for (const spy of printed) expect(spy.mock.calls).toEqual([]);
});

test('a callback needs neither the fetch nor the http.request that a test replaces', async () => {
  const { sandbox, received } = await waiting();
  const replaced = vi.fn(() => {
    throw new Error('replaced');
  });
  vi.stubGlobal('fetch', replaced);
  vi.spyOn(http, 'request').mockImplementation(replaced);
  await sandbox.callbacks.drain();
  expect([received.length, replaced.mock.calls.length]).toEqual([1, 0]);
});

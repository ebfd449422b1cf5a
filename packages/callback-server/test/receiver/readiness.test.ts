import { expect, onTestFinished, test, vi } from 'vitest';
import { createReceiver, type ReceiverOptions } from '../../src/receiver.ts';
import { callback, token } from '../support/callbacks.ts';
import { memoryStore } from '../support/memory-store.ts';

test.each<[ReturnType<NonNullable<ReceiverOptions['state']>>, number, number]>([
  ['open', 200, 200],
  ['draining', 200, 503],
  ['stopping', 503, 503],
  ['disk-full', 503, 503],
])('in state %s a callback gets %i and readiness gets %i', async (state, received, ready) => {
  const store = memoryStore();
  const { fetch } = createReceiver({ callbackTokens: [token], store, state: () => state });
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', body: callback('accept'), headers };
  expect((await fetch(new Request(`https://x.example/callbacks/${token}`, init))).status).toBe(received);
  expect((await fetch(new Request('https://x.example/health/ready'))).status).toBe(ready);
  expect((await fetch(new Request('https://x.example/health/live'))).status).toBe(200);
  expect(store.kept.size).toBe(received === 200 ? 1 : 0);
});

test('the receiver is not ready if a write fails', async () => {
  const faults: unknown[] = [];
  const { fetch } = createReceiver({
    callbackTokens: [token],
    store: { ...memoryStore(), probe: () => Promise.reject(new Error('read-only')) },
    onFault: (error) => faults.push(error),
  });
  expect((await fetch(new Request('https://x.example/health/ready'))).status).toBe(503);
  expect(faults).toHaveLength(1);
});

test('concurrent readiness requests share one write', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  let writes = 0;
  let write = Promise.resolve();
  const probe = () => {
    writes += 1;
    return write;
  };
  const { fetch } = createReceiver({ callbackTokens: [token], store: { ...memoryStore(), probe } });
  const ready = async () => (await fetch(new Request('https://x.example/health/ready'))).status;
  expect(await Promise.all([ready(), ready(), ready()])).toEqual([200, 200, 200]);
  expect(writes).toBe(1);

  write = new Promise(() => {});
  await vi.advanceTimersByTimeAsync(1001);
  const waiting = [ready(), ready()];
  await vi.advanceTimersByTimeAsync(5000);
  expect(await Promise.all(waiting)).toEqual([503, 503]);
  const again = ready();
  await vi.advanceTimersByTimeAsync(5000);
  expect(await again).toBe(503);
  expect(writes).toBe(2);
});

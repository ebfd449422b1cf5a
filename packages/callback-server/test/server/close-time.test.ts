import { expect, onTestFinished, test, vi } from 'vitest';
import { createLifeCycle } from '../../src/server/life-cycle.ts';
import { token } from '../support/callbacks.ts';

test.each([
  ['without a grace', 0, 10_000],
  ['with a grace that is longer', 15_000, 15_000],
])('%s, a stop ends although the database never closes', async (_, graceMs, expected) => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const stop = () => {};
  const parts = {
    clock: { stop },
    backgroundWork: { stop: async () => {} },
    routes: [],
    notifications: { stop: async () => {} },
    disk: undefined,
    store: { close: () => new Promise<void>(() => {}) },
  };
  const reporter = { onRefused: stop, onTooMany: stop, onFault: stop };
  const stopped = vi.fn();
  createLifeCycle({ callbackTokens: [token], graceMs }, parts, reporter)
    .stop()
    .then(stopped);
  await vi.advanceTimersByTimeAsync(expected - 1);
  expect(stopped).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(stopped).toHaveBeenCalledOnce();
});

test.each([
  ['without a grace', 0, 1000],
  ['with a short grace', 2000, 2000],
  ['with a long grace', 60_000, 3000],
])('%s, a target of notifications that hangs delays a stop by 1 to 3 s', async (_, graceMs, expected) => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const stop = () => {};
  const bounds: number[] = [];
  const parts = {
    clock: { stop },
    backgroundWork: { stop: async () => {} },
    routes: [],
    notifications: { stop: async (boundMs: number) => void bounds.push(boundMs) },
    disk: undefined,
    store: { close: async () => {} },
  };
  const reporter = { onRefused: stop, onTooMany: stop, onFault: stop };
  await createLifeCycle({ callbackTokens: [token], graceMs }, parts, reporter).stop();
  expect(bounds).toEqual([expected]);
});

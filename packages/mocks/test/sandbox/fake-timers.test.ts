import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createSandboxes } from '../../src/index.ts';

afterEach(() => vi.useRealTimers());

// Jest's fake timers replace `queueMicrotask` too.
const toFake = ['setTimeout', 'clearTimeout', 'setInterval', 'queueMicrotask', 'Date'] as const;

/** Schedules a decision while timers are fake. `accepted` resolves when the decision has been made. */
function scheduled() {
  vi.useFakeTimers({ toFake: [...toFake] });
  const { promise: accepted, resolve } = Promise.withResolvers<void>();
  const sandboxes = createSandboxes();
  onTestFinished(sandboxes.close);
  const { sandbox } = sandboxes.create({
    onEffect: (effect) => {
      if (effect.kind === 'move' && effect.to === 'accept') resolve();
    },
  });
  sandbox.backOffice.setPolicy({ kind: 'auto-accept', after: '50ms' });
  const [merchantId = ''] = sandbox.backOffice.addSampleCases();
  return { accepted, status: () => sandbox.backOffice.find(merchantId)?.status };
}

test('fake timers hold back what is due until they are advanced', async () => {
  const { accepted, status } = scheduled();
  await vi.advanceTimersByTimeAsync(0); // The sandbox sets its timer.
  expect(status()).toBe('pending');
  await vi.advanceTimersByTimeAsync(50);
  await accepted;
});

test('what fake timers held back is done after the test has restored the real timers', async () => {
  const { accepted, status } = scheduled();
  await vi.advanceTimersByTimeAsync(0); // The sandbox sets its timer.
  expect(status()).toBe('pending');
  vi.useRealTimers();
  await accepted;
});

test('what began under fake timers goes on if no timer was advanced', async () => {
  const { accepted } = scheduled();
  vi.useRealTimers();
  await accepted;
});

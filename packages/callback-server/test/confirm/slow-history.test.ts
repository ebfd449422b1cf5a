import { expect, onTestFinished, test, vi } from 'vitest';
import { createConfirmRoute } from '../../src/confirm/create-confirm-route.ts';
import type { Pulls } from '../../src/confirm/create-pulls.ts';
import { callback } from '../support/callbacks.ts';

test('a forged accept is quarantined although the database takes long to read its merchant', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const now = 1_900_000_000_000;
  vi.setSystemTime(now);
  const body = callback('accept');
  const { id, realmId } = JSON.parse(body).merchantData;
  const route = createConfirmRoute({
    // Pulls have worked since the accept arrived, and before the true reject arrived.
    pulls: {
      pull: async () => ({ result: { merchantData: { basicDetails: { id, realmId, status: 'reject' } } } }),
      workingMs: () => 2000,
      silentMs: () => 0,
      idleInMs: () => 0,
      spacingMs: 0,
      restart: () => {},
    } satisfies Pulls,
    historyOf: async () => {
      vi.setSystemTime(now + 10_000);
      const entry = {
        isRecovered: false,
        isDelivered: false,
        isReopened: false,
        standing: 'waiting',
      } as const;
      return [
        { ...entry, sequence: 1, event: 'accept', arrivedAt: now - 2000 },
        { ...entry, sequence: 2, event: 'reject', arrivedAt: now - 500 },
      ];
    },
    isActive: true,
    pullsPerMinute: 60,
    delaysMs: [1000],
    attemptTimeoutMs: 30_000,
    routesOf: () => ['handler'],
    isConfirmed: () => true,
    agreeMs: 1000,
    unconfirmed: 'wait',
    unconfirmedAfterMs: 3_600_000,
  });
  const claim = {
    token: 'a claim',
    route: 'confirm',
    orderKey: 'a merchant',
    callback: 1,
    callbackId: 'cb_1',
    receivedAt: new Date(now - 2000),
    attempt: 2,
    event: 'accept',
    verdict: 'valid',
    body: Buffer.from(body),
    dataKey: null,
  } as const;
  const result = await route.deliver(claim, new AbortController().signal);
  expect(result).toMatchObject({ confirmation: { state: 'quarantined', routes: [] } });
});

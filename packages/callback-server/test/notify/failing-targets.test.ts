import { expect, test } from 'vitest';
import type { CallbackServerEvent, CallbackServerOptions, Notification } from '../../src/index.ts';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { intervalMs, notifySecret as secret, startNotified } from '../support/notified.ts';
import { startServer } from '../support/running-server.ts';

/** A server whose handler takes nothing, so that each delivery is given up at once. */
function startFailing(options: Partial<CallbackServerOptions>) {
  return startServer({ deliveryDelaysMs: [], ...options }, (server) => {
    server.on('accept', () => Promise.reject(new Error('canary')));
  });
}

test('a target that hangs delays neither callbacks nor another target', async () => {
  const hanging = await startNotified(() => {});
  const notifications: Notification[] = [];
  const events: CallbackServerEvent[] = [];
  const { server, post } = await startFailing({
    notify: {
      url: hanging.url,
      secret,
      intervalMs,
      onNotification: (notification) => notifications.push(notification),
    },
    onEvent: (event) => events.push(event),
    graceMs: 1000,
  });
  await post('accept', callback('accept', { id: 'first' }));
  await eventually(() => expect(hanging.notified).toHaveLength(1));
  for (let id = 0; id < 7; id++)
    expect((await post('accept', callback('accept', { id: `${id}` }))).status).toBe(200);
  await eventually(async () =>
    expect(await server.metrics()).toContain('callback_server_dead_letters{route="handler"} 8\n'),
  );
  await eventually(() => expect(countOf(notifications)).toBe(8));
  // After ten seconds the target gets the same notification again.
  expect(new Set(hanging.notified.map(({ id }) => id)).size).toBe(1);
  await eventually(async () =>
    expect(await server.metrics()).toMatch(/notifications_total\{target="function",outcome="sent"\} [1-9]/),
  );
  const startedAt = performance.now();
  await server.stop();
  expect(performance.now() - startedAt).toBeLessThan(9000);
  expect(events.filter(({ type }) => type === 'notification')).toContainEqual({
    type: 'notification',
    target: 'function',
    outcome: 'sent',
  });
});

function countOf(notifications: readonly Notification[]): number {
  const counts = notifications.flatMap(({ entries }) =>
    entries.map((entry) => ('count' in entry ? (entry.count ?? 0) : 0)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

test('a target that fails gets the same message again, and the failure is logged and counted', async () => {
  let failures = 2;
  const { url, notified } = await startNotified((response) => {
    response.writeHead(failures-- > 0 ? 500 : 204).end();
  });
  const events: CallbackServerEvent[] = [];
  const { server, post } = await startFailing({
    notify: { url, secret, intervalMs },
    onEvent: (event) => events.push(event),
  });
  await post('accept', callback('accept'));
  await eventually(() => expect(notified).toHaveLength(3));
  expect(new Set(notified.map(({ id }) => id)).size).toBe(1);
  expect(new Set(notified.map(({ text }) => text)).size).toBe(1);
  await eventually(async () =>
    expect(await server.metrics()).toContain('notifications_total{target="webhook",outcome="sent"} 1\n'),
  );
  expect(await server.metrics()).toContain('notifications_total{target="webhook",outcome="failed"} 2\n');
  const outcomes = events.flatMap((event) => (event.type === 'notification' ? [event.outcome] : []));
  expect(outcomes).toEqual(['responded 500', 'responded 500', 'sent']);
});

test('no notification, event or metric has personal data, a secret or the id of a merchant', async () => {
  const { url, notified } = await startNotified((response) => response.writeHead(500).end());
  const events: CallbackServerEvent[] = [];
  const { server, post } = await startFailing({
    notify: { url: `${url}/canary-path`, secret, intervalMs },
    onEvent: (event) => events.push(event),
  });
  await post('accept', callback('accept', { id: 'canary-merchant', name: 'Canary', actionBy: 'canary' }));
  await eventually(() => expect(notified.length).toBeGreaterThan(1));
  await server.stop();
  const shown = JSON.stringify([notified, events, await server.metrics().catch(() => '')]);
  expect(shown).toContain('dead-letter');
  expect(shown).not.toMatch(/canary/i);
  expect(shown).not.toContain(secret);
});

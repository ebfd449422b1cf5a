import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, test } from 'vitest';
import type { CallbackServerOptions } from '../../src/index.ts';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { intervalMs, notifySecret as secret, startNotified } from '../support/notified.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

test('a stop reports no end of a condition, and a restart reports lasting conditions again', async () => {
  const { url, notified, entries } = await startNotified();
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  await using forward = await listenOnFreePort(createServer((_, response) => response.writeHead(503).end()));
  const options: Partial<CallbackServerOptions> = {
    databaseUrl,
    routes: [{ name: 'ledger', url: forward.url }],
    deliveryDelaysMs: new Array<number>(1000).fill(20),
    notify: { url, secret, intervalMs },
  };
  const first = await startServer(options);
  for (let id = 0; id < 10; id++) await first.post('accept', callback('accept', { id: `${id}` }));
  const began = { kind: 'open-circuit', route: 'ledger', phase: 'began' };
  await eventually(() => expect(entries()).toEqual([began]));
  await first.server.stop();
  const second = await startServer(options);
  await eventually(() => expect(entries()).toEqual([began, began]));
  expect(new Set(notified.map(({ id }) => id)).size).toBe(2);
  await second.server.stop();
});

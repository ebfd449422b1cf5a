import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, test } from 'vitest';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { notifySecret as secret, startNotified } from '../support/notified.ts';
import { startServer } from '../support/running-server.ts';
import { createMigratedDatabase } from '../support/shared-postgres.ts';

test('one server reports shared conditions until it stops, then another server does; each reports its own', async () => {
  const databaseUrl = await createMigratedDatabase();
  await using down = await listenOnFreePort(createServer((_, response) => response.writeHead(503).end()));
  /** A server with a route of its own, which fails. */
  const start = async (name: string) => {
    const { url, entries } = await startNotified();
    const running = await startServer({
      databaseUrl,
      routes: [{ name, url: down.url }],
      deliveryDelaysMs: [],
      notify: { url, secret, intervalMs: 600, quietMs: 1 },
    });
    const kinds = () => entries().map(({ kind }) => kind);
    return { ...running, kinds };
  };
  const first = await start('first');
  await eventually(() => expect(first.kinds()).toEqual(['no-callbacks']));
  const second = await start('second');
  await second.post('accept', callback('accept'));
  await eventually(() => expect(second.kinds()).toEqual(['dead-letter']));
  await first.server.stop();
  await eventually(() => expect(second.kinds()).toEqual(['dead-letter', 'no-callbacks']));
});

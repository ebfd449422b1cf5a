import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ReceivedCallback } from '../../src/index.ts';
import { openStore } from '../../src/store/open-store.ts';
import { callback } from '../support/callbacks.ts';
import { soon } from '../support/delivery-delays.ts';
import { eventually } from '../support/eventually.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

test('callbacks of one merchant keep their order, and block no other merchant', async () => {
  const taken: string[] = [];
  let mended = false;
  const { post } = await startServer({ deliveryDelaysMs: Array(100_000).fill(1) }, (server) => {
    const handler = ({ event, payload }: ReceivedCallback) => {
      if (payload.merchantData.id === 'stuck' && !mended) throw new Error('not yet');
      taken.push(`${payload.merchantData.id} ${event}`);
    };
    for (const event of ['pending', 'accept'] as const) server.on(event, handler);
  });
  for (const event of ['pending', 'accept'] as const)
    for (const id of ['stuck', 'well']) await post(event, callback(event, { id }));
  await eventually(() => expect(taken).toEqual(['well pending', 'well accept']));
  mended = true;
  await eventually(() => expect(taken.slice(2)).toEqual(['stuck pending', 'stuck accept']));
});

test('with room for one attempt, first attempts and retries take turns', async () => {
  const taken: string[] = [];
  const { post } = await startServer({ concurrency: 1, deliveryDelaysMs: soon }, (server) =>
    server.on('accept', ({ payload }, { attempt }) => {
      if (attempt < 3) throw new Error('not yet');
      taken.push(payload.merchantData.id);
    }),
  );
  const merchants = Array.from({ length: 8 }, (_, number) => `merchant ${number}`);
  for (const id of merchants) await post('accept', callback('accept', { id }));
  await eventually(() => expect(taken.sort()).toEqual(merchants));
});

test.each([
  ['its body is gone', 'UPDATE callbacks SET body = NULL WHERE sequence = 1'],
  [
    'this server lacks its key',
    'DELETE FROM keys.data_keys WHERE id IN (SELECT data_key FROM callbacks WHERE sequence = 1)',
  ],
])('with room for one attempt, a callback delays no other if %s', async (_, damage) => {
  const path = temporaryDatabase();
  const masterKeys = [{ id: 'first', key: Buffer.alloc(32, 'k') }];
  const store = await openStore(`sqlite:${path}`, { masterKeys, onFatal: () => {} });
  for (const id of ['one', 'two']) await store.keep(incoming(id), ['handler']);
  await store.close();
  const database = new DatabaseSync(path);
  database.exec(`ATTACH '${path}-keys' AS keys`);
  database.exec(damage);
  database.close();

  const handler = vi.fn();
  await startServer({ databaseUrl: `sqlite:${path}`, masterKeys, concurrency: 1 }, (server) =>
    server.on('accept', handler),
  );
  await eventually(() => expect(handler).toHaveBeenCalledOnce());
});

test('a target that hangs delays no handler, and slow merchants delay no other merchant', async () => {
  const target = createServer(() => {});
  const { url, close } = await listenOnFreePort(target);
  onTestFinished(close);
  const taken: string[] = [];
  const stuck = Promise.withResolvers<void>();
  const { post } = await startServer({ forwardUrl: url, concurrency: 4, graceMs: 1 }, (server) =>
    server.on('accept', async ({ payload }) => {
      const { id } = payload.merchantData;
      if (id.startsWith('slow')) await stuck.promise;
      taken.push(id);
    }),
  );
  for (const id of ['slow 1', 'slow 2', 'slow 3', 'one', 'two', 'three', 'four', 'five'])
    await post('accept', callback('accept', { id }));
  await eventually(() => expect(taken).toEqual(['one', 'two', 'three', 'four', 'five']));
  stuck.resolve();
});

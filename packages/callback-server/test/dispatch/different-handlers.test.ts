import { expect, test, vi } from 'vitest';
import type { CallbackServer, CallbackServerEvent } from '../../src/index.ts';
import { openStore } from '../../src/store/open-store.ts';
import { accepted, callback } from '../support/callbacks.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';
import { createMigratedDatabase } from '../support/shared-postgres.ts';

const merchants = Array.from({ length: 20 }, (_, number) => `merchant-${number}`);
const attemptsOf = async (server: CallbackServer) =>
  (await server.callbacks.list({ limit: 1000 })).flatMap(({ deliveries }) =>
    deliveries.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome)),
  );

test('replicas with different handlers: each callback reaches a server that has its handler, and no attempt fails', async () => {
  const databaseUrl = await createMigratedDatabase();
  const handled: string[] = [];
  const replicaFor = (event: 'accept' | 'reject') =>
    startServer({ databaseUrl }, ({ on }) =>
      on(event, ({ payload }) => void handled.push(`${payload.merchantData.id} ${event}`)),
    );
  const [accepts, rejects] = await Promise.all([replicaFor('accept'), replicaFor('reject')]);
  await Promise.all(
    merchants.flatMap((id) => [
      accepts.post('accept', callback('accept', { id })),
      rejects.post('reject', callback('reject', { id })),
    ]),
  );
  const expected = merchants.flatMap((id) => [`${id} accept`, `${id} reject`]).sort();
  await expect.poll(() => handled.length).toBe(expected.length);
  expect(handled.sort()).toEqual(expected);
  // The last outcome is recorded after its handler has returned.
  await expect.poll(async () => [...new Set(await attemptsOf(accepts.server))]).toEqual(['taken']);
});

test('callbacks of an event whose handler is gone wait without an attempt, and the log names the event', async () => {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  // A store alone, so that no server tries the delivery.
  const store = await openStore(databaseUrl, { onFatal: () => {} });
  await store.keep(incoming('one'), ['handler']);
  await store.close();

  const events: CallbackServerEvent[] = [];
  const options = {
    databaseUrl,
    deliveryDelaysMs: [],
    onEvent: (event: CallbackServerEvent) => events.push(event),
  };
  const { server, post } = await startServer(options, ({ on }) => on('reject', () => {}));
  await post('reject', callback('reject', { id: 'another' }));
  await expect.poll(() => attemptsOf(server)).toContain('taken');
  await expect
    .poll(() => events)
    .toContainEqual(expect.objectContaining({ type: 'fault', code: 'HANDLER_MISSING_ACCEPT' }));
  // The claim is given back after the log has named the event.
  await expect
    .poll(async () => (await server.callbacks.list({ event: 'accept' }))[0]?.deliveries)
    .toMatchObject([{ state: 'due', attempts: [] }]);
});

test('with room for one attempt, 500 callbacks whose handlers are gone delay no other callback', async () => {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  const store = await openStore(databaseUrl, { onFatal: () => {} });
  const ids = Array.from({ length: 500 }, (_, number) => `without a handler ${number}`);
  await Promise.all(ids.map((id) => store.keep(incoming(id), ['handler'])));
  await store.close();

  const { server, post } = await startServer({ databaseUrl, concurrency: 1 }, ({ on }) =>
    on('reject', () => {}),
  );
  await post('reject', callback('reject', { id: 'another' }));
  const isTaken = async () =>
    expect(await server.metrics()).toContain('attempts_total{route="handler",outcome="taken"} 1');
  // A pause after each of the 500 callbacks would take 125 seconds.
  await vi.waitFor(isTaken, { timeout: 100_000 });
});

test('with room for one attempt, a callback whose handler is gone delays no other callback', async () => {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  const store = await openStore(databaseUrl, { onFatal: () => {} });
  await store.keep(incoming('one'), ['handler']);
  await store.keep(accepted(callback('reject', { id: 'two' }), new Date(), 'reject'), ['handler']);
  await store.close();

  const { server } = await startServer({ databaseUrl, concurrency: 1 }, ({ on }) => on('reject', () => {}));
  await expect.poll(() => attemptsOf(server)).toEqual(['taken']);
});

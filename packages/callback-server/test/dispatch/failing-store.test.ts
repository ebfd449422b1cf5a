import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { brokenDatabase, startServer } from '../support/running-server.ts';

test('the outcome of an attempt is recorded as soon as the store works again', async () => {
  const databaseUrl = await brokenDatabase(
    `BEFORE UPDATE ON deliveries WHEN NEW.state = 'taken' AND NOT EXISTS (SELECT 1 FROM probe)
      BEGIN SELECT RAISE(ABORT, 'cannot be recorded')`,
  );
  const failed = Promise.withResolvers<void>();
  const { server, url, post } = await startServer(
    { databaseUrl, onEvent: ({ type }) => type === 'fault' && failed.resolve() },
    (server) => server.on('accept', () => {}),
  );
  await post('accept', callback('accept'));
  await failed.promise;
  // Readiness writes the probe, and thus repairs the database.
  await fetch(`${url}/health/ready`);
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries[0]?.state).toBe('taken'),
  );
});

test('deliveries that were claimed together with one that cannot be given up are claimed again', async () => {
  const databaseUrl = await brokenDatabase(
    `BEFORE UPDATE ON deliveries WHEN NEW.state = 'dead' AND NOT EXISTS (SELECT 1 FROM probe)
      BEGIN SELECT RAISE(ABORT, 'cannot be recorded')`,
  );
  const store = await openStore(databaseUrl, { onFatal: () => {} });
  for (const id of ['one', 'two']) await store.keep(incoming(id), ['handler']);
  await store.close();
  const database = new DatabaseSync(databaseUrl.slice('sqlite:'.length));
  database.exec('UPDATE callbacks SET body = NULL WHERE sequence = 1');
  database.close();

  const failed = Promise.withResolvers<void>();
  const { server, url } = await startServer(
    { databaseUrl, onEvent: ({ type }) => type === 'fault' && failed.resolve() },
    ({ on }) => on('accept', () => {}),
  );
  await failed.promise;
  await fetch(`${url}/health/ready`);
  await eventually(async () => {
    const kept = await server.callbacks.list();
    expect(kept.map(({ deliveries }) => deliveries[0]?.state)).toEqual(['taken', 'dead']);
  });
});

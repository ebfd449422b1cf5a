import { expect, onTestFinished, test } from 'vitest';
import { purge } from '../../src/maintenance/purge.ts';
import { openEngine, openStore } from '../../src/store/open-store.ts';
import { bothEngines } from '../support/both-engines.ts';
import { claimOne } from '../support/claims.ts';
import { incoming, later } from '../support/incoming-callbacks.ts';
import { oneWaitsForLock, openSession } from '../support/locking-session.ts';
import { createMigratedDatabase } from '../support/shared-postgres.ts';

const actor = 'a test';
const onFatal = (error: unknown) => {
  throw error;
};

/** Opens a database whose only callback was delivered. */
async function openDelivered(databaseUrl: string) {
  const store = await openStore(databaseUrl, { onFatal });
  const { id } = await store.keep(incoming('one'), ['handler']);
  await store.settle('handler', [{ claim: await claimOne(store), settlement: { state: 'taken' } }]);
  const redeliver = () =>
    store.maintenance.redeliver({ route: 'handler', states: ['taken'] }, { takesEvent: () => true }, actor);
  return { store, id, redeliver };
}

for (const [name, createDatabase] of bothEngines) {
  test(`${name}: a body is not masked if its delivery was opened again meanwhile`, async () => {
    const databaseUrl = await createDatabase();
    const { store, id } = await openDelivered(databaseUrl);
    await store.close();
    const engine = await openEngine(databaseUrl, { onFatal });
    const [{ sequence } = { sequence: 0 }] = await engine.bodiesBefore(new Date(0), later(1), 10);
    expect(await engine.open('handler', [{ sequence, orderKey: 'one' }])).toBe(1);
    await engine.mask([{ sequence, masked: Buffer.from('{}') }]);
    await engine.close();
    const again = await openStore(databaseUrl, { onFatal });
    onTestFinished(() => again.close());
    expect(await again.get(id)).toMatchObject({ held: 'body' });
  });

  test(`${name}: a callback that was dropped meanwhile is not delivered again`, async () => {
    const engine = await openEngine(await createDatabase(), { onFatal });
    onTestFinished(() => engine.close());
    expect(await engine.open('handler', [{ sequence: 7, orderKey: 'one' }])).toBe(0);
    expect(await engine.countOpen('handler')).toBe(0);
  });
}

test('PostgreSQL: a callback is not dropped if its delivery was opened again meanwhile', async () => {
  const url = await createMigratedDatabase();
  const { store, id, redeliver } = await openDelivered(url);
  onTestFinished(() => store.close());
  // The purge has chosen the callback, and waits.
  const repeat = await openSession(url);
  await repeat.query('BEGIN; SELECT FROM hashes FOR UPDATE');
  const purging = purge(store.maintenance, { actor, callbacksBefore: later(1) });
  await oneWaitsForLock(url);
  expect(await redeliver()).toMatchObject({ taken: 1 });
  await repeat.query('COMMIT');
  expect(await purging).toMatchObject({ callbacks: 0 });
  expect(await claimOne(store)).toMatchObject({ callbackId: id });
  expect(await store.keep(incoming('one'), ['handler'])).toEqual({ id, isNew: false });
});

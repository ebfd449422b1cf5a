import { expect, test } from 'vitest';
import type { OpenedStore } from '../../src/store/open-store.ts';
import { incoming, later } from '../support/incoming-callbacks.ts';
import { actor, createPartitioned, fillThree, keepAt, partitionsOf, takeAll } from '../support/partitions.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { temporaryDatabase } from '../support/running-server.ts';
import { postgres } from '../support/shared-postgres.ts';

test('callbacks of all partitions are found, in the order in which they arrived', async () => {
  const { url, store } = await createPartitioned();
  const ids = await fillThree(store);
  expect(await partitionsOf(url)).toEqual(['callbacks_0', 'callbacks_1', 'callbacks_2']);
  const newestFirst = ids.flat().toReversed();
  const listed = async (filter: Parameters<OpenedStore['list']>[0]) =>
    (await store.list(filter)).map(({ id }) => id);
  expect(await listed({})).toEqual(newestFirst);
  expect(await listed({ limit: 4, before: newestFirst[3] ?? '' })).toEqual(newestFirst.slice(4, 8));
  expect(await listed({ merchantId: 'two' })).toEqual(ids.map(([, two]) => two).toReversed());
  expect(await listed({ event: 'accept', verdict: 'valid' })).toEqual(newestFirst);
  expect(await listed({ delivery: { route: 'handler', state: 'open' } })).toEqual(newestFirst);
  expect(await listed({ receivedFrom: later(1), receivedUntil: later(2) })).toEqual(ids[1]?.toReversed());
  for (const id of ids.flat()) expect(await store.get(id)).toMatchObject({ id, seenCount: 1 });
  const verified = { callbacks: 9, problems: 0 };
  expect(await store.maintenance.verify(() => expect.unreachable())).toMatchObject(verified);
});

test('a case is found in every partition', async () => {
  const { store } = await createPartitioned();
  for (const number of [0, 1, 2]) {
    if (number > 0) await store.maintenance.beginPartition(actor);
    await store.keep({ ...incoming('one', number), signzyAppId: 'EXAMPLE-CASE' }, []);
    await store.keep({ ...incoming('two', number), signzyAppId: 'EXAMPLE-OTHER' }, []);
  }
  expect(await store.list({ signzyAppId: 'EXAMPLE-CASE' })).toHaveLength(3);
});

test('the callbacks of a merchant are taken in their order over all partitions', async () => {
  const { store } = await createPartitioned();
  const ids = await fillThree(store);
  expect((await takeAll(store)).toSorted()).toEqual(ids.flat().toSorted());
  const { store: other } = await createPartitioned();
  const ofOne: string[] = [];
  for (const number of [0, 1, 2, 3]) {
    ofOne.push((await keepAt(other, number, 'one', number)).id);
    await other.maintenance.beginPartition(actor);
  }
  expect(await takeAll(other)).toEqual(ofOne);
});

test('a repeat of a callback in another partition is not new, and is counted', async () => {
  const { store } = await createPartitioned();
  const { id } = await keepAt(store, 0, 'one');
  await store.maintenance.beginPartition(actor);
  const repeats = Array.from({ length: 20 }, () => keepAt(store, 1, 'one'));
  expect(await Promise.all(repeats)).toEqual(Array(20).fill({ id, isNew: false }));
  expect(await store.list({})).toMatchObject([{ id, seenCount: 21 }]);
});

test('a partition begins only if the newest partition holds a callback', async () => {
  const { url, store } = await createPartitioned();
  expect(await store.maintenance.beginPartition(actor)).toBe(1);
  await keepAt(store, 0, 'one');
  expect(await store.maintenance.beginPartition(actor)).toBe(2);
  expect(await store.maintenance.beginPartition(actor)).toBe(2);
  expect(await partitionsOf(url)).toEqual(['callbacks_0', 'callbacks_1']);
  expect(await store.maintenance.auditTrail(1)).toMatchObject([{ actor, action: 'partition' }]);
});

test('a partition whose beginning was interrupted begins with the next call', async () => {
  const { url, store } = await createPartitioned();
  await keepAt(store, 0, 'one');
  await store.maintenance.beginPartition(actor);
  // As if the process had ended after it created the tables.
  await postgres.query(url, `SELECT setval('callback_sequence', 1)`);
  await keepAt(store, 1, 'two');
  expect(await postgres.query(url, 'SELECT FROM callbacks_1')).toEqual([]);
  await store.maintenance.beginPartition(actor);
  await keepAt(store, 2, 'three');
  expect(await postgres.query(url, 'SELECT FROM callbacks_1')).toHaveLength(1);
});

test('callbacks that arrive while partitions begin are all stored', async () => {
  const { store } = await createPartitioned();
  let isBeginning = true;
  let sent = 0;
  const send = async () => {
    while (isBeginning) await store.keep(incoming(`merchant ${sent}`, sent++), ['handler']);
  };
  const sending = Array.from({ length: 8 }, send);
  for (let count = 0; count < 10; count++) await store.maintenance.beginPartition(actor);
  isBeginning = false;
  await Promise.all(sending);
  expect(await store.maintenance.verify(() => expect.unreachable())).toMatchObject({ callbacks: sent });
  expect(await takeAll(store)).toHaveLength(sent);
});

test('the number of partitions is limited', async () => {
  const { store } = await createPartitioned();
  for (let count = 1; count < 20; count++) {
    await keepAt(store, count, 'one', count, []);
    expect(await store.maintenance.beginPartition(actor)).toBe(count + 1);
  }
  await keepAt(store, 20, 'one', 20, []);
  await expect(store.maintenance.beginPartition(actor)).rejects.toThrow(/has 20 partitions.*purge/);
  expect(await keepAt(store, 21, 'one', 21, [])).toMatchObject({ isNew: true });
});

test('the command partition begins a partition, and prints the number of partitions', async () => {
  const { url, store } = await createPartitioned();
  await keepAt(store, 0, 'one');
  const command = runInProcess(['partition'], { DATABASE_URL: url });
  expect([await command.exit, command.output()]).toEqual([0, 'Partitions: 2.\n']);
});

test('the command partition refuses SQLite, which has no partitions', async () => {
  const DATABASE_URL = `sqlite:${temporaryDatabase()}`;
  expect(await runInProcess(['migrate'], { DATABASE_URL }).exit).toBe(0);
  const command = runInProcess(['partition'], { DATABASE_URL });
  expect([await command.exit, command.output()]).toEqual([2, expect.stringContaining('has no partitions')]);
});

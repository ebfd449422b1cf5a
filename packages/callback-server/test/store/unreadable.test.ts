import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { exportCallbacks } from '../../src/maintenance/export-callbacks.ts';
import { openStore } from '../../src/store/open-store.ts';
import { exportedCallbacks } from '../support/exported-callbacks.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { oldKey, openWithKeys } from '../support/open-with-keys.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { temporaryDatabase } from '../support/running-server.ts';
import { createMigratedDatabase, postgres } from '../support/shared-postgres.ts';

const key = { id: 'first', key: Buffer.alloc(32, 'k') };
const damaged = "X'00'";

function open(path: string, encrypted: boolean) {
  return openStore(`sqlite:${path}`, {
    ...(encrypted && { masterKeys: [key] }),
    onFatal: (error) => {
      throw error;
    },
  });
}

test.each<[string, boolean, string]>([
  ['its details are damaged', false, `UPDATE callbacks SET details = ${damaged} WHERE sequence = 2`],
  ['its encrypted details are damaged', true, `UPDATE callbacks SET details = ${damaged} WHERE sequence = 2`],
  ['its body is damaged', false, `UPDATE callbacks SET body = ${damaged} WHERE sequence = 2`],
  ['its encrypted body is damaged', true, `UPDATE callbacks SET body = ${damaged} WHERE sequence = 2`],
  [
    'its data key is damaged',
    true,
    `UPDATE keys.data_keys SET wrapped = ${damaged}
     WHERE id = (SELECT data_key FROM callbacks WHERE sequence = 2)`,
  ],
  [
    'its data key is missing, as in an older copy of the keys',
    true,
    'DELETE FROM keys.data_keys WHERE id = (SELECT data_key FROM callbacks WHERE sequence = 2)',
  ],
])('a callback hides no other callback if %s', async (_, encrypted, damage) => {
  const path = temporaryDatabase();
  const first = await open(path, encrypted);
  for (const merchant of ['one', 'two', 'three']) await first.keep(incoming(merchant), []);
  await first.close();
  const database = new DatabaseSync(path);
  if (encrypted) database.exec(`ATTACH '${path}-keys' AS keys`);
  database.exec(damage);
  database.close();

  const store = await open(path, encrypted);
  const listed = await store.list({});
  expect(listed.map(({ merchantId }) => merchantId ?? 'two')).toEqual(['three', 'two', 'one']);
  const id = listed[1]?.id ?? '';
  expect(await store.get(id)).toMatchObject({ id, held: 'unreadable', masked: null });
  let unreadable = 0;
  const lines = [];
  const options = { actor: 'a test', onUnreadable: () => unreadable++ };
  for await (const line of exportCallbacks(store.maintenance, options)) lines.push(JSON.parse(line));
  expect([lines.map(({ held }) => held), unreadable]).toEqual([['body', 'unreadable', 'body'], 1]);
  const problems: unknown[] = [];
  await store.maintenance.verify((problem) => problems.push(problem));
  expect(problems).toMatchObject([{ what: 'callback', id }]);
  await store.close();

  const exported = runInProcess(['export'], {
    DATABASE_URL: `sqlite:${path}`,
    ...(encrypted && { MASTER_KEYS: `first:${key.key.toString('base64')}` }),
  });
  expect(await exported.exit).toBe(1);
  expect(exported.output()).toContain('Unreadable: 1 callbacks.');
});

test.each([
  ['body', false],
  ['body', true],
  ['body_hash', true],
] as const)('a repeat restores a damaged %s (encrypted: %s)', async (column, encrypted) => {
  const path = temporaryDatabase();
  const first = await open(path, encrypted);
  const { id } = await first.keep(incoming('one'), ['handler']);
  await first.close();
  const database = new DatabaseSync(path);
  database.exec(`UPDATE callbacks SET ${column} = ${damaged}`);
  database.close();

  const store = await open(path, encrypted);
  expect(await store.get(id)).toMatchObject({ held: 'unreadable' });
  expect(await store.keep(incoming('one'), ['handler'])).toEqual({ id, isNew: false });
  expect(await store.get(id)).toMatchObject({ held: 'body', merchantId: 'one', seenCount: 2 });
  await expect(store.maintenance.verify(() => {})).resolves.toMatchObject({ problems: 0 });
  await store.close();
});

test('a kind of drift that cannot be decrypted hides no other kind', async () => {
  const path = temporaryDatabase();
  const violations = ['one', 'two'].map((name) => ({
    pointer: `/${name}`,
    keyword: 'type',
    expected: 'text',
  }));
  const first = await open(path, true);
  await first.keep({ ...incoming('one'), verdict: 'drift', violations }, []);
  await first.close();
  const database = new DatabaseSync(path);
  database.exec(`UPDATE drift SET details = ${damaged} WHERE hash = (SELECT min(hash) FROM drift)`);
  database.close();
  const store = await open(path, true);
  expect((await store.drift()).map(({ keyword }) => keyword).sort()).toEqual(['type', 'unreadable']);
  await store.close();
});

test('a repeat does not wait for the lists that are being read', async () => {
  const store = await open(temporaryDatabase(), false);
  await store.keep(incoming('one'), []);
  // The thread of the lists reads one list after the other.
  const lists = Promise.all(Array.from({ length: 2000 }, () => store.list({}))).then(() => 'lists');
  const repeat = store.keep(incoming('one'), []).then(() => 'repeat');
  expect(await Promise.race([lists, repeat])).toBe('repeat');
  await lists;
  await store.close();
});

test('a damaged row is an error of that row only', async () => {
  const url = await createMigratedDatabase();
  const store = await openWithKeys(url, [oldKey]);
  for (const merchant of ['one', 'two', 'three']) await store.keep(incoming(merchant), []);
  await postgres.query(url, `UPDATE callbacks SET details = '\\x00' WHERE sequence = 2`);
  const held = ['body', 'unreadable', 'body'];
  expect((await store.list({})).map((each) => each.held)).toEqual(held);
  expect((await exportedCallbacks(store)).map((each) => each.held)).toEqual(held);
  const problems: unknown[] = [];
  await store.maintenance.verify((problem) => problems.push(problem));
  expect(problems).toMatchObject([{ what: 'callback', problem: 'cannot be read: UnreadableError' }]);
});

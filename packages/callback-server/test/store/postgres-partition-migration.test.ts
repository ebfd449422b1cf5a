import { expect, test } from 'vitest';
import { purge } from '../../src/maintenance/purge.ts';
import { migrationFiles } from '../../src/store/engine/migration-files.ts';
import { migratePostgres } from '../../src/store/postgres/migrate-postgres.ts';
import { later } from '../support/incoming-callbacks.ts';
import {
  actor,
  createPartitioned,
  keepAt,
  openPartitioned,
  partitionsOf,
  takeAll,
} from '../support/partitions.ts';
import { postgres } from '../support/shared-postgres.ts';

async function indexesOf(url: string, table: string): Promise<number> {
  const rows = await postgres.query(url, `SELECT FROM pg_index WHERE indrelid = '${table}'::regclass`);
  return rows.length;
}

test('the migration keeps everything that is stored, and repeats of it are found', async () => {
  const url = await postgres.createDatabase();
  const migrations = migrationFiles('postgres');
  const version = migrations.findIndex((text) => text.includes('ATTACH PARTITION'));
  for (const text of migrations.slice(0, version)) await postgres.query(url, text);
  await postgres.query(url, `CREATE TABLE schema_version AS SELECT ${version} AS version`);
  // A store of this version shows which rows the former version would have stored.
  const { url: modelUrl, store: model } = await createPartitioned();
  const { id } = await keepAt(model, 0, 'one');
  const tables = ['callbacks', 'receipts', 'deliveries', 'lines'];
  for (const table of tables) {
    const [{ rows }] = (await postgres.query(
      modelUrl,
      `SELECT json_agg(${table}) AS rows FROM ${table}`,
    )) as [{ rows: object }];
    const overriding = table === 'receipts' ? 'OVERRIDING SYSTEM VALUE' : '';
    const columns = Object.keys((rows as object[])[0] ?? {}).join(', ');
    await postgres.query(
      url,
      `INSERT INTO ${table} (${columns}) ${overriding}
      SELECT ${columns} FROM json_populate_recordset(null::${table}, '${JSON.stringify(rows).replaceAll("'", "''")}')`,
    );
  }
  await postgres.query(url, `UPDATE callbacks SET seen_count = 3; SELECT nextval('callback_sequence')`);
  await migratePostgres(url);
  // The migration has kept the indexes, and created none again. Each partition also has the index of its ids.
  for (const [table, more] of [
    ['callbacks', 1],
    ['receipts', 1],
    ['deliveries', 0],
    ['attempts', 0],
  ] as const)
    expect(await indexesOf(url, `${table}_0`), table).toBe((await indexesOf(url, table)) + more);

  const store = await openPartitioned(url);
  expect(await store.get(id)).toMatchObject({ id, merchantId: 'one', seenCount: 3, receivedAt: later(0) });
  expect(await keepAt(store, 1, 'one')).toEqual({ id, isNew: false });
  expect((await store.get(id))?.receipts).toHaveLength(2);
  await store.maintenance.beginPartition(actor);
  expect(await keepAt(store, 2, 'one')).toEqual({ id, isNew: false });
  expect(await takeAll(store)).toEqual([id]);
  expect(await purge(store.maintenance, { actor, callbacksBefore: later(3) })).toMatchObject({
    callbacks: 1,
  });
  expect(await partitionsOf(url)).toEqual(['callbacks_1']);
});

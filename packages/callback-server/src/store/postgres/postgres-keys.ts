import type { Pool } from 'pg';
import { addMasterKeyCheck, dataKeyOf, setEncryptedUnder } from '../engine/key-statements.ts';
import { readWrappedKey } from '../engine/read-rows.ts';
import type { KeyEngine } from '../engine/store-engine.ts';
import { inTransaction } from './in-transaction.ts';
import { type PostgresSession, positional } from './postgres-session.ts';

const replaceDataKeys = `
  UPDATE data_keys SET master_key = given.master_key, wrapped = given.wrapped
  FROM unnest($ids::text[], $masterKeys::text[], $wrapped::bytea[]) AS given (id, master_key, wrapped)
  WHERE data_keys.id = given.id`;

/**
 * Adds a key, unless its owner has one. The lock on the master key's row waits for a retirement that is running, and
 * lets a later retirement wait. So no data key is added under a retired master key.
 */
const addDataKey = `
  WITH wrapping AS MATERIALIZED (SELECT id FROM master_keys WHERE id = $masterKey FOR KEY SHARE)
  INSERT INTO data_keys (id, owner, master_key, wrapped, made_at)
  SELECT $id, $owner, $masterKey, $wrapped, $madeAt FROM wrapping
  ON CONFLICT (owner) DO NOTHING`;

/** Makes other replicas wait until this replica has begun the encryption: before, they can neither begin nor store. */
const lockTables = 'LOCK TABLE callbacks, merchants IN SHARE ROW EXCLUSIVE MODE';

const mayBegin = `
  SELECT NOT EXISTS (SELECT FROM sealing) AND NOT EXISTS (SELECT FROM callbacks)
    AND NOT EXISTS (SELECT FROM merchants) AS may_begin`;

export function createPostgresKeys(pool: Pool, { one, run }: PostgresSession): KeyEngine {
  return {
    addDataKey: async (owner, key, now) => {
      await run(addDataKey, { ...key, owner, madeAt: now });
      const row = await one(dataKeyOf, { owner });
      return row && readWrappedKey(row);
    },
    replaceDataKeys: async (keys) => {
      await run(replaceDataKeys, {
        ids: keys.map(({ id }) => id),
        masterKeys: keys.map(({ masterKey }) => masterKey),
        wrapped: keys.map(({ wrapped }) => wrapped),
      });
    },
    beginEncryption: (check, owner, key, now) =>
      inTransaction(pool, async (client) => {
        await client.query(lockTables);
        const { rows } = await client.query(mayBegin);
        if (!rows[0]?.may_begin) return;
        await client.query(positional(addMasterKeyCheck, { ...check }));
        await client.query(positional(addDataKey, { ...key, owner, madeAt: now }));
        await client.query(positional(setEncryptedUnder, { storeKey: key.id }));
      }),
  };
}

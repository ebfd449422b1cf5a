import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { numberIn, type Row } from '../engine/read-rows.ts';
import type { LeftSequences } from '../engine/records.ts';
import type { PartitionEngine } from '../engine/store-engine.ts';
import { PostgresConnectionError } from './connection-error.ts';
import { inTransaction } from './in-transaction.ts';
import { createSession, type PostgresSession } from './postgres-session.ts';
import { schemaLock } from './schema-lock.ts';
import { sqlstateOf } from './sqlstate-of.ts';

/** Number of sequences in one partition: more than ever arrive. Partition n begins at n times this number. */
const sequencesEach = 10 ** 12;

/** A statement that may read every partition locks all of them, and the memory for locks is limited. */
const maxPartitions = 20;

/** Maximum number of callbacks whose hashes one statement drops or restores. */
const hashesPerStatement = 10_000;

/** How long a drop waits for its locks. Storing waits too. Shorter than the time until PostgreSQL looks for a deadlock. */
const lockMs = 200;
const lockAttempts = 10;
const retryMs = 1000;

const lockNotAvailable = '55P03';
const insufficientPrivilege = '42501';

interface Partition {
  readonly number: number;
  /** Whether this user may drop it. */
  readonly isOwn: boolean;
}

const listPartitions = `
  SELECT substring(relname FROM '\\d+$')::integer AS number, pg_has_role(relowner, 'USAGE') AS is_own
  FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
  WHERE inhparent = 'callbacks'::regclass
  ORDER BY number`;

/** Whether every callback of a partition has an id before another id. Reads the last entry of one index. */
const isPast = `
  SELECT coalesce(max(id) < $until, true) AS holds FROM callbacks WHERE sequence >= $from AND sequence < $upTo`;

/** Reads only the index of the open deliveries, because of the order that `min` needs. */
const hasOpen = `
  SELECT min(route) IS NOT NULL AS holds FROM deliveries
  WHERE state = 'open' AND callback_sequence >= $from AND callback_sequence < $upTo`;

const hasCallbacks = `SELECT EXISTS (SELECT FROM callbacks WHERE sequence >= $from AND sequence < $upTo) AS holds`;

const page = `
  page AS MATERIALIZED (
    SELECT sequence, id, dedup_hash FROM callbacks
    WHERE sequence > $after AND sequence < $upTo
    ORDER BY sequence
    LIMIT ${hashesPerStatement}
  )`;
const endOfPage = 'SELECT count(*) AS count, max(sequence) AS last FROM page';

/** Drops the hashes of the next callbacks of a partition: from now on, a repeat is a new callback. */
const dropHashesOf = `
  WITH ${page},
  locked AS (
    SELECT hashes.dedup_hash, hashes.sequence FROM hashes JOIN page USING (dedup_hash, sequence)
    ORDER BY dedup_hash
    FOR UPDATE OF hashes
  ),
  dropped AS (
    DELETE FROM hashes USING locked WHERE hashes.dedup_hash = locked.dedup_hash AND hashes.sequence = locked.sequence
  )
  ${endOfPage}`;

/** A repeat that arrived while the hash was missing is a callback of its own, and stays a separate callback. */
const restoreHashesOf = `
  WITH ${page},
  restored AS (
    INSERT INTO hashes (dedup_hash, sequence, id, seen_count)
    SELECT dedup_hash, sequence, id, (SELECT count(*) FROM receipts WHERE callback_sequence = page.sequence)
    FROM page
    ORDER BY dedup_hash
    ON CONFLICT DO NOTHING
  )
  ${endOfPage}`;

/** Never sets the sequence back. */
const advanceSequence = `
  SELECT setval('callback_sequence', $from, false) FROM callback_sequence WHERE last_value < $from`;

function rangeOf(number: number) {
  return { from: number * sequencesEach, upTo: (number + 1) * sequencesEach };
}

/** Receipts, deliveries and confirmations refer to the callbacks of their own partition, so that all can be dropped. */
function create(number: number): string {
  const { from, upTo } = rangeOf(number);
  const table = (name: string) => `
    CREATE TABLE ${name}_${number} (LIKE ${name} INCLUDING DEFAULTS INCLUDING CONSTRAINTS);`;
  const attach = (name: string) => `
    ALTER TABLE ${name} ATTACH PARTITION ${name}_${number} FOR VALUES FROM (${from}) TO (${upTo});`;
  const reference = (name: string) => `
    ALTER TABLE ${name}_${number} ADD FOREIGN KEY (callback_sequence) REFERENCES callbacks_${number} (sequence);`;
  return `
    ${table('callbacks')} ALTER TABLE callbacks_${number} ADD UNIQUE (id); ${attach('callbacks')}
    ${table('receipts')} ALTER TABLE receipts_${number} ADD PRIMARY KEY (sequence);
    ${reference('receipts')} ${attach('receipts')}
    ${table('deliveries')} ${reference('deliveries')} ${attach('deliveries')}
    ${table('attempts')} ${attach('attempts')}
    ${table('confirmations')} ${reference('confirmations')} ${attach('confirmations')}`;
}

const lockTables = `
  LOCK TABLE ONLY callbacks, ONLY receipts, ONLY deliveries, ONLY attempts, ONLY confirmations IN ACCESS EXCLUSIVE MODE`;

const drop = (number: number) => `
  DROP TABLE receipts_${number}, deliveries_${number}, attempts_${number}, confirmations_${number}, callbacks_${number}`;

export function createPostgresPartitions(pool: Pool, session: PostgresSession): PartitionEngine {
  return {
    begin: () =>
      begin(pool, session).catch((error: unknown) => {
        if (sqlstateOf(error) !== insufficientPrivilege) throw error;
        throw new PostgresConnectionError(
          'The user in DATABASE_URL may not create tables. Run `callback-server partition` as the owner of the tables.',
          insufficientPrivilege,
        );
      }),
    drop: async function* (until) {
      const partitions = await readPartitions(session.all);
      for (const { number, isOwn } of partitions.slice(0, -1)) {
        if (!isOwn || !(await canDrop(session.one, number, until))) continue;
        const count = await inPages(session, dropHashesOf, number);
        if (await dropWithLocks(pool, number, until)) yield count;
        else await inPages(session, restoreHashesOf, number);
      }
    },
    left: (until) => left(session, until),
  };
}

async function left({ all, one }: PostgresSession, until: string): Promise<LeftSequences> {
  const partitions = await readPartitions(all);
  const newest = partitions.at(-1)?.number ?? 0;
  let from = newest;
  for (const { number } of partitions.toReversed())
    if (number !== newest && !(await holds(one, isPast, number, until))) from = number;
  return { leftFrom: rangeOf(from).from, leftUpTo: rangeOf(newest).from };
}

async function readPartitions(all: PostgresSession['all']): Promise<Partition[]> {
  const rows = await all(listPartitions, {});
  return rows.map((row) => ({ number: numberIn(row, 'number'), isOwn: row['is_own'] === true }));
}

/** Whether a condition holds for a partition. */
async function holds(one: PostgresSession['one'], text: string, number: number, until?: string) {
  const values = { ...rangeOf(number), ...(until !== undefined && { until }) };
  return (await one(text, values))?.['holds'] === true;
}

async function canDrop(one: PostgresSession['one'], number: number, until: string): Promise<boolean> {
  return (await holds(one, isPast, number, until)) && !(await holds(one, hasOpen, number));
}

async function begin(pool: Pool, { one }: PostgresSession): Promise<number> {
  const { newest, count } = await inTransaction(pool, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(${schemaLock})`);
    const within = createSession(client);
    const partitions = await readPartitions(within.all);
    const last = partitions.at(-1)?.number ?? 0;
    if (!(await holds(within.one, hasCallbacks, last))) return { newest: last, count: partitions.length };
    if (partitions.length >= maxPartitions)
      throw new Error(
        `The database has ${maxPartitions} partitions, and more would need too many locks. Run \`callback-server purge\`, and begin partitions less often.`,
      );
    await client.query(create(last + 1));
    return { newest: last + 1, count: partitions.length + 1 };
  });
  // A rollback would not undo this statement, so it follows the transaction. If this process ends before, the next `begin`
  // runs this statement.
  await one(advanceSequence, { from: rangeOf(newest).from });
  return count;
}

/** Changes the hashes of a partition. Resolves to the number of its callbacks. */
async function inPages({ one }: PostgresSession, change: string, number: number): Promise<number> {
  const { from, upTo } = rangeOf(number);
  let total = 0;
  let row: Row | undefined;
  for (let after = from - 1; ; after = numberIn(row, 'last')) {
    row = (await one(change, { after, upTo })) ?? {};
    const count = numberIn(row, 'count');
    if (count === 0) return total;
    total += count;
  }
}

/**
 * Drops the tables of a partition, if nothing has changed since. Waits only briefly for the locks, so that storing does
 * not wait behind a statement that takes long, such as a backup.
 */
async function dropWithLocks(pool: Pool, number: number, until: string): Promise<boolean> {
  for (let attempt = 1; attempt <= lockAttempts; attempt++)
    try {
      return await inTransaction(pool, async (client) => {
        await client.query(`SET LOCAL lock_timeout = ${lockMs}`);
        await client.query(lockTables);
        const within = createSession(client);
        // Another purge may have dropped the partition meanwhile.
        const isThere = (await readPartitions(within.all)).some((each) => each.number === number);
        if (!isThere || !(await canDrop(within.one, number, until))) return false;
        await client.query(drop(number));
        return true;
      });
    } catch (error) {
      if (sqlstateOf(error) !== lockNotAvailable) throw error;
      await delay(retryMs);
    }
  return false;
}

import type { Pool } from 'pg';
import { firstIdOf } from '../engine/callback-id.ts';
import {
  type AskedHistory,
  type HistoryRow,
  readClaimedMerchant,
  readHistoryRow,
  readListedMerchant,
  readMerchantCounts,
} from '../engine/merchant-rows.ts';
import * as sql from '../engine/merchant-statements.ts';
import { numberIn, textIn } from '../engine/read-rows.ts';
import type { MerchantEngine } from '../engine/store-engine.ts';
import { inTransaction } from './in-transaction.ts';
import { keepCallbacks } from './keep-statements.ts';
import { columnsOf } from './postgres-callbacks.ts';
import { type PostgresSession, positional } from './postgres-session.ts';

const now = 'statement_timestamp()';
const dialect = {
  now,
  after: (milliseconds: string) => `${now} + ${milliseconds}::bigint * interval '1 millisecond'`,
  msSince: (time: string) => `(extract(epoch FROM ${now} - ${time}) * 1000)::bigint`,
  isAmong: (query: string) => `merchant = ANY (ARRAY(${query}))`,
};
const statements = sql.merchantStatements(dialect, 'FOR UPDATE SKIP LOCKED');

/** Each attempt at a decision reads a history. PostgreSQL takes longer to plan this statement than to run it. */
const merchantHistories = `
  SELECT history.*, position
  FROM unnest($merchants::text[], $routes::text[]) WITH ORDINALITY AS asked (merchant, route, position)
    CROSS JOIN LATERAL (${sql.historyOf('asked.merchant', 'asked.route')}) AS history`;

/**
 * Waits for a key that is being erased, and then leaves out the merchants whose details it encrypts. Plaintext is left out
 * once another replica has encrypted the database.
 */
const expectMerchants = `
  WITH live_keys AS MATERIALIZED (
    SELECT id FROM data_keys WHERE id = ANY ($dataKeys::text[]) FOR KEY SHARE
  ),
  given AS MATERIALIZED (
    SELECT *
    FROM unnest($merchants::text[], $dataKeys::text[], $details::bytea[], $callbacks::bigint[])
      AS given (merchant, data_key, details, callback)
    WHERE data_key IS NULL AND NOT EXISTS (SELECT FROM sealing) OR data_key IN (SELECT id FROM live_keys)
  ),
  expected AS (
    INSERT INTO merchants AS known (${sql.merchantColumns})
    SELECT merchant, data_key, details, ${sql.newMerchantTimes(dialect, '$delayMs')}
    FROM given
    WHERE callback IS NULL OR EXISTS (${sql.isNamedBy('given.callback')})
    ORDER BY merchant
    ${sql.expectAgain}
  )
  SELECT merchant FROM given`;

/**
 * Waits for the statements that write merchants, and lets later statements wait. The later statements see what was
 * erased before.
 */
const lockMerchants = 'LOCK TABLE merchants IN SHARE ROW EXCLUSIVE MODE';

const keepRecovered = `
  INSERT INTO confirmations (callback_sequence, state, at, pulled)
  SELECT sequence, 'recovered', ${now}, $pulled::bytea FROM callbacks WHERE id = $id`;

/**
 * A lease that begins in the future was renewed by a clock that was ahead, and is void. `clock_timestamp` reads the clock
 * after the wait for another server's renewal. The statement itself began before that renewal.
 */
const leaseSweep = `
  INSERT INTO sweeps AS known (id, holder, renewed_at, leased_until)
  VALUES (1, $holder, ${now}, ${dialect.after('$leaseMs')})
  ON CONFLICT (id) DO UPDATE
  SET holder = excluded.holder, renewed_at = excluded.renewed_at, leased_until = excluded.leased_until
  WHERE known.holder = excluded.holder OR known.leased_until <= ${now} OR known.renewed_at > clock_timestamp()`;

async function readHistories(
  named: PostgresSession['named'],
  asked: readonly AskedHistory[],
): Promise<HistoryRow[][]> {
  const { rows } = await named('merchant histories', merchantHistories, {
    merchants: asked.map(({ merchant }) => merchant),
    routes: asked.map(({ route }) => route),
  });
  const histories: HistoryRow[][] = asked.map(() => []);
  for (const row of rows) histories[numberIn(row, 'position') - 1]?.push(readHistoryRow(row));
  return histories;
}

export function createPostgresMerchants(
  pool: Pool,
  { named, run, one, all }: PostgresSession,
): MerchantEngine {
  return {
    merchantHistories: (asked) => readHistories(named, asked),
    expect: async (merchants, isTrusted, delayMs) => {
      const rows = await all(expectMerchants, {
        merchants: merchants.map(({ merchant }) => merchant),
        dataKeys: merchants.map(({ dataKey }) => dataKey),
        details: merchants.map(({ details }) => details),
        callbacks: merchants.map(({ callback }) => callback),
        isTrusted: Number(isTrusted),
        delayMs,
      });
      return rows.map((row) => textIn(row, 'merchant'));
    },
    forgetExpected: (merchant) =>
      inTransaction(pool, async (client) => {
        await client.query(lockMerchants);
        await client.query(positional(sql.forgetMerchant, { merchant }));
      }),
    claimMerchant: async (token, claimMs) => {
      const claim = (trusted: number) => one(statements.claim, { token, claimMs, trusted });
      const row = (await claim(1)) ?? (await claim(0));
      return row && readClaimedMerchant(row);
    },
    settleCheck: async (check) => {
      await run(statements.settle, { ...check });
    },
    recover: (callback, pulled, check, newest, prompt) =>
      inTransaction(pool, async (client) => {
        const { merchant } = check;
        const { rowCount } = await client.query(positional(`${sql.isKnown} FOR UPDATE`, { merchant }));
        const { rows } = await client.query(positional(sql.newestUsable, { merchant }));
        if (rowCount === 0 || (rows[0] ? numberIn(rows[0], 'sequence') : 0) !== newest) return false;
        const kept = await client.query(positional(keepCallbacks, columnsOf([callback])));
        // If the merchant's key is missing, the merchant is being erased.
        if (kept.rowCount === 0) return false;
        await client.query(positional(keepRecovered, { id: callback.id, pulled }));
        for (const route of prompt)
          await client.query(positional(statements.makeLineDue, { route, orderKey: callback.orderKey }));
        await client.query(positional(statements.settleRecovered, { ...check }));
        return true;
      }),
    correctMerchants: (limit) => run(statements.correct, { limit }),
    merchantCounts: async () => readMerchantCounts((await one(statements.counts)) ?? {}),
    listMerchants: async ({ state, after, limit }) =>
      (await all(statements.list(state), { after, limit })).map(readListedMerchant),
    dropMerchants: (before, limit) => run(sql.dropMerchants, { before, firstKept: firstIdOf(before), limit }),
    dropMerchant: (merchant, before) =>
      run(sql.dropMerchant, { merchant, before, firstKept: firstIdOf(before) }),
    leaseSweep: async (holder, leaseMs) => (await run(leaseSweep, { holder, leaseMs })) > 0,
  };
}

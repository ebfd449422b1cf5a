import type { Pool } from 'pg';
import { numberIn, type Row, readBody, readRedelivery, readWholeCallback } from '../engine/read-rows.ts';
import type { MaintenanceEngine } from '../engine/store-engine.ts';
import { inTransaction } from './in-transaction.ts';
import { lockConfirmLines, lockOtherLines } from './line-statements.ts';
import * as sql from './maintenance-statements.ts';
import { withReceiptBytes } from './postgres-callbacks.ts';
import { createSession, type PostgresSession } from './postgres-session.ts';

export function createPostgresMaintenance(pool: Pool, { all }: PostgresSession): MaintenanceEngine {
  const drop = (rows: readonly Row[]) =>
    changeUnopened(pool, sequencesIn(rows), async ({ run }, sequences) => {
      for (const text of [sql.dropHashes, sql.dropReferences, sql.dropCallbacks])
        await run(text, { sequences });
      return sequences.length;
    });
  return {
    page: async (range, limit) =>
      (await all(sql.page, { ...range, limit })).map((row) => readWholeCallback(withReceiptBytes(row))),
    redeliveriesIn: async ({ after: from, upTo }, filter) =>
      (await all(sql.redeliveriesIn, { ...filter, from, upTo })).map(readRedelivery),
    bodiesIn: async (range, before, limit) =>
      (await all(sql.bodiesIn, { ...range, before, limit })).map(readBody),
    mask: (copies) =>
      changeUnopened(
        pool,
        copies.map(({ sequence }) => sequence),
        async ({ run }, unopened) => {
          const chosen = copies.filter(({ sequence }) => unopened.includes(sequence));
          await run(sql.mask, {
            sequences: chosen.map(({ sequence }) => sequence),
            masked: chosen.map(({ masked }) => masked),
          });
        },
      ),
    dropCallbacks: async (range, left, limit) =>
      drop(await all(sql.callbacksToDrop, { ...range, ...left, limit })),
    dropCallbacksIn: async (range, until, limit) =>
      drop(await all(sql.callbacksBeforeIn, { ...range, until, limit })),
    eraseCallbacks: (merchant, range, limit) =>
      inTransaction(pool, async (client) => {
        const { run, all: read } = createSession(client);
        const sequences = sequencesIn(await read(sql.callbacksToErase, { merchant, ...range, limit }));
        for (const text of [lockConfirmLines, lockOtherLines, sql.eraseCallbacks])
          await run(text, { sequences });
        return sequences.length;
      }),
    // PostgreSQL checks and compacts its files itself.
    check: async () => [],
    reusableBytes: async () => 0,
    compact: async () => {},
  };
}

const sequencesIn = (rows: readonly Row[]) => rows.map((row) => numberIn(row, 'sequence'));

/** Changes callbacks in one transaction. Skips callbacks whose deliveries were opened again after the choice. */
async function changeUnopened<Result>(
  pool: Pool,
  sequences: readonly number[],
  change: (session: PostgresSession, unopened: readonly number[]) => Promise<Result>,
): Promise<Result> {
  return inTransaction(pool, async (client) => {
    const session = createSession(client);
    await session.run(sql.lockHashes, { sequences });
    await session.run(sql.lockCallbacks, { sequences });
    return change(session, sequencesIn(await session.all(sql.withoutOpenDelivery, { sequences })));
  });
}

import { numberIn, type Row, readBody, readRedelivery, readWholeCallback } from '../engine/read-rows.ts';
import type { MaintenanceEngine } from '../engine/store-engine.ts';
import { withReceiptBytes } from './postgres-callbacks.ts';
import type { PostgresSession } from './postgres-session.ts';
import * as sql from './statements.ts';

export function createPostgresMaintenance({ run, one, all }: PostgresSession): MaintenanceEngine {
  // These callbacks have no open delivery, so nothing writes to them meanwhile. The next call completes what a crash left
  // half done.
  const drop = async (rows: readonly Row[]) => {
    const sequences = rows.map((row) => numberIn(row, 'sequence'));
    for (const text of [sql.dropHashes, sql.dropReferences, sql.dropCallbacks])
      await run(text, { sequences });
    return rows.length;
  };
  return {
    page: async (range, limit) =>
      (await all(sql.page, { ...range, limit })).map((row) => readWholeCallback(withReceiptBytes(row))),
    redeliveriesIn: async ({ after: from, upTo }, filter) =>
      (await all(sql.redeliveriesIn, { ...filter, from, upTo })).map(readRedelivery),
    bodiesIn: async (range, before, limit) =>
      (await all(sql.bodiesIn, { ...range, before, limit })).map(readBody),
    mask: async (copies) => {
      await run(sql.mask, {
        sequences: copies.map(({ sequence }) => sequence),
        masked: copies.map(({ masked }) => masked),
      });
    },
    dropCallbacks: async (range, left, limit) =>
      drop(await all(sql.callbacksToDrop, { ...range, ...left, limit })),
    dropCallbacksIn: async (range, until, limit) =>
      drop(await all(sql.callbacksBeforeIn, { ...range, until, limit })),
    eraseCallbacks: async (merchant, range, limit) =>
      numberIn((await one(sql.eraseCallbacks, { merchant, ...range, limit })) ?? {}, 'count'),
    // PostgreSQL checks and compacts its files itself.
    check: async () => [],
    reusableBytes: async () => 0,
    compact: async () => {},
  };
}

import { firstIdOf } from '../engine/callback-id.ts';
import { numberIn, readWholeCallback } from '../engine/read-rows.ts';
import type { MaintenanceEngine } from '../engine/store-engine.ts';
import { withReceiptBytes } from './postgres-callbacks.ts';
import { sequencesToLeave } from './postgres-partitions.ts';
import type { PostgresSession } from './postgres-session.ts';
import * as sql from './statements.ts';

export function createPostgresMaintenance(session: PostgresSession): MaintenanceEngine {
  const { run, one, all } = session;
  return {
    page: async (range, limit) =>
      (await all(sql.page, { ...range, limit })).map((row) => readWholeCallback(withReceiptBytes(row))),
    mask: async (copies) => {
      await run(sql.mask, {
        sequences: copies.map(({ sequence }) => sequence),
        masked: copies.map(({ masked }) => masked),
      });
    },
    // These callbacks have no open delivery, so nothing writes to them meanwhile. The next call completes what a crash
    // left half done.
    dropCallbacks: async (before, limit) => {
      const rows = await all(sql.callbacksToDrop, {
        before: firstIdOf(before),
        ...(await sequencesToLeave(session, before)),
        limit,
      });
      const sequences = rows.map((row) => numberIn(row, 'sequence'));
      for (const text of [sql.dropHashes, sql.dropReferences, sql.dropCallbacks])
        await run(text, { sequences });
      return rows.length;
    },
    eraseCallbacks: async (merchant, limit) =>
      numberIn((await one(sql.eraseCallbacks, { merchant, limit })) ?? {}, 'count'),
    // PostgreSQL checks and compacts its files itself.
    check: async () => [],
    reusableBytes: async () => 0,
    compact: async () => {},
  };
}

import { firstIdOf } from '../engine/callback-id.ts';
import { numberIn, readWholeCallback } from '../engine/read-rows.ts';
import { callbacksBefore } from '../engine/shared-statements.ts';
import type { MaintenanceEngine } from '../engine/store-engine.ts';
import { withReceiptBytes } from './postgres-callbacks.ts';
import type { PostgresSession } from './postgres-session.ts';
import * as sql from './statements.ts';

export function createPostgresMaintenance({ run, one, all }: PostgresSession): MaintenanceEngine {
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
      const rows = await all(callbacksBefore, { before: firstIdOf(before), limit });
      const sequences = rows.map((row) => numberIn(row, 'sequence'));
      for (const text of [sql.dropReferences, sql.dropCallbacks]) await run(text, { sequences });
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

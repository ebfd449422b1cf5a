import { firstIdOf } from '../engine/callback-id.ts';
import {
  numberIn,
  readAuditEntry,
  readBody,
  readDifferingBody,
  readWholeCallback,
} from '../engine/read-rows.ts';
import * as shared from '../engine/shared-statements.ts';
import type { MaintenanceEngine } from '../engine/store-engine.ts';
import { withReceiptBytes } from './postgres-callbacks.ts';
import type { PostgresSession } from './postgres-session.ts';
import * as sql from './statements.ts';

export function createPostgresMaintenance({ run, one, all }: PostgresSession): MaintenanceEngine {
  return {
    page: async (after, limit) =>
      (await all(sql.page, { after, limit })).map((row) => readWholeCallback(withReceiptBytes(row))),
    differingBodies: async (after, limit) =>
      (await all(shared.differingBodies, { after, limit })).map(readDifferingBody),
    bodiesBefore: async (before, limit) => (await all(shared.bodiesBefore, { before, limit })).map(readBody),
    mask: async (copies) => {
      await run(sql.mask, {
        sequences: copies.map(({ sequence }) => sequence),
        masked: copies.map(({ masked }) => masked),
      });
    },
    dropDifferingBodies: (before, limit) => run(shared.dropDifferingBodies, { before, limit }),
    // These callbacks have no open delivery, so nothing writes to them meanwhile. The next call completes what a crash
    // left half done.
    dropCallbacks: async (before, limit) => {
      const rows = await all(shared.callbacksBefore, { before: firstIdOf(before), limit });
      const sequences = rows.map((row) => numberIn(row, 'sequence'));
      for (const text of [sql.dropReferences, sql.dropDeliveries, sql.dropCallbacks])
        await run(text, { sequences });
      return rows.length;
    },
    dropAudit: (before, limit) => run(shared.dropAudit, { before, limit }),
    eraseCallbacks: async (merchant, limit) =>
      numberIn((await one(sql.eraseCallbacks, { merchant, limit })) ?? {}, 'count'),
    audit: async ({ at, actor, action, details }) => {
      await run(shared.addAudit, { at, actor, action, details: JSON.stringify(details) });
    },
    auditTrail: async (limit) => (await all(shared.auditTrail, { limit })).map(readAuditEntry),
    // PostgreSQL checks and compacts its files itself.
    check: async () => [],
    compact: async () => {},
  };
}

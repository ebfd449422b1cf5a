import { firstIdOf } from '../engine/callback-id.ts';
import type { AuditEntry, BodyRow, MaintenanceEngine } from '../engine/maintenance-engine.ts';
import * as sql from './maintenance-statements.ts';
import { bytes, date, type Query, type Row, textOrNull } from './postgres-query.ts';
import { readWholeCallback } from './postgres-rows.ts';

/** What looks after that which is kept. */
export function createPostgresMaintenance(query: Query): MaintenanceEngine {
  const counted = async (text: string, values: readonly unknown[]) =>
    Number((await query(text, values))[0]?.['count']);
  return {
    page: async (after, limit) => (await query(sql.page, [after, limit])).map(readWholeCallback),
    differingBodies: async (after, limit) =>
      (await query(sql.differingBodies, [after, limit])).map((row) => ({
        ...readBody(row),
        bodyHash: bytes(row['body_hash']),
      })),
    bodiesBefore: async (before, limit) => (await query(sql.bodiesBefore, [before, limit])).map(readBody),
    mask: async (copies) => {
      await query(sql.mask, [copies.map(({ sequence }) => sequence), copies.map(({ masked }) => masked)]);
    },
    dropDifferingBodies: (before, limit) => counted(sql.dropDifferingBodies, [before, limit]),
    // All of these are handed on, so nobody writes to them meanwhile; what a crash leaves half done the next call ends.
    dropCallbacks: async (before, limit) => {
      const sequences = (await query(sql.callbacksBefore, [firstIdOf(before), limit])).map(
        ({ sequence }) => sequence,
      );
      for (const text of [sql.dropWhatRefers, sql.dropDeliveries, sql.dropCallbacks])
        await query(text, [sequences]);
      return sequences.length;
    },
    dropAudit: (before, limit) => counted(sql.dropAudit, [before, limit]),
    eraseCallbacks: (merchant, limit) => counted(sql.eraseCallbacks, [merchant, limit]),
    audit: async ({ at, actor, action, details }) => {
      await query(sql.addAudit, [at, actor, action, details]);
    },
    auditTrail: async (limit) => (await query(sql.auditTrail, [limit])).map(readEntry),
    // PostgreSQL looks after its files itself.
    check: async () => [],
    compact: async () => {},
  };
}

function readBody(row: Row): BodyRow {
  return {
    sequence: Number(row['sequence']),
    id: String(row['id']),
    dataKey: textOrNull(row['data_key']),
    body: bytes(row['body']),
  };
}

function readEntry(row: Row): AuditEntry {
  return {
    at: date(row['at']),
    actor: String(row['actor']),
    action: String(row['action']),
    details: row['details'] as AuditEntry['details'],
  };
}

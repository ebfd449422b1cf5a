import { firstIdOf } from '../engine/callback-id.ts';
import type { AuditEntry, BodyRow, MaintenanceEngine } from '../engine/maintenance-engine.ts';
import * as sql from './maintenance-statements.ts';
import { createWholeReader } from './sqlite-rows.ts';
import { bytes, date, number, type Row, type SqliteSession, textOrNull } from './sqlite-session.ts';
import type { Synchronous } from './synchronous.ts';

/** What looks after that which is kept. */
export function createMaintenanceOperations(
  session: SqliteSession,
): Synchronous<Omit<MaintenanceEngine, 'compact'>> {
  const { run, all } = session;
  const wholeOf = createWholeReader(session);
  /** Runs statements for each of the rows that one names, and tells how many those are. */
  const forEach = (rows: Row[], ...texts: string[]) => {
    for (const { sequence } of rows) for (const text of texts) run(text, { sequence: number(sequence) });
    return rows.length;
  };
  return {
    page: (after, limit) => all(sql.page, { after, limit }).map(wholeOf),
    differingBodies: (after, limit) =>
      all(sql.differingBodies, { after, limit }).map((row) => ({
        ...readBody(row),
        bodyHash: bytes(row['body_hash']),
      })),
    bodiesBefore: (before, limit) => all(sql.bodiesBefore, { before: before.getTime(), limit }).map(readBody),
    mask: (copies) => {
      for (const { sequence, masked } of copies) run(sql.mask, { sequence, masked });
    },
    dropDifferingBodies: (before, limit) => run(sql.dropDifferingBodies, { before: before.getTime(), limit }),
    dropCallbacks: (before, limit) =>
      forEach(
        all(sql.callbacksBefore, { before: firstIdOf(before), limit }),
        sql.dropAttempts,
        sql.dropDeliveries,
        sql.dropReceipts,
        sql.dropCallback,
      ),
    dropAudit: (before, limit) => run(sql.dropAudit, { before: before.getTime(), limit }),
    eraseCallbacks: (merchant, limit) =>
      forEach(
        all(sql.callbacksToErase, { merchant, limit }),
        sql.giveUpDeliveries,
        sql.eraseReceipts,
        sql.eraseCallback,
      ),
    audit: ({ at, details, ...entry }) =>
      void run(sql.addAudit, { ...entry, at: at.getTime(), details: JSON.stringify(details) }),
    auditTrail: (limit) => all(sql.auditTrail, { limit }).map(readEntry),
    check: () => {
      const found = all(sql.check).map((row) => String(row['integrity_check']));
      return found[0] === 'ok' ? [] : found;
    },
  };
}

function readBody(row: Row): BodyRow {
  return {
    sequence: number(row['sequence']),
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
    details: JSON.parse(String(row['details'])) as AuditEntry['details'],
  };
}

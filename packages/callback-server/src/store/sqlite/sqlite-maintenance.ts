import { firstIdOf } from '../engine/callback-id.ts';
import { numberIn, type Row, readWholeCallback, textIn } from '../engine/read-rows.ts';
import * as shared from '../engine/shared-statements.ts';
import type { MaintenanceEngine } from '../engine/store-engine.ts';
import { withReceipts } from './sqlite-callbacks.ts';
import type { SqliteSession, Synchronous } from './sqlite-session.ts';
import * as sql from './statements.ts';

export function createMaintenanceOperations(
  session: SqliteSession,
): Synchronous<Omit<MaintenanceEngine, 'compact'>> {
  const { run, all } = session;
  /** Runs the statements for each row, and returns the number of rows. */
  const forEach = (rows: Row[], ...texts: string[]) => {
    for (const row of rows) for (const text of texts) run(text, { sequence: numberIn(row, 'sequence') });
    return rows.length;
  };
  return {
    page: (after, limit) =>
      all(sql.page, { after, limit }).map((row) => readWholeCallback(withReceipts(session, row))),
    mask: (copies) => {
      for (const { sequence, masked } of copies) run(sql.mask, { sequence, masked });
    },
    dropCallbacks: (before, limit) =>
      forEach(
        all(shared.callbacksBefore, { before: firstIdOf(before), limit }),
        sql.dropAttempts,
        sql.dropDeliveries,
        sql.dropReceipts,
        sql.dropCallback,
      ),
    eraseCallbacks: (merchant, limit) => {
      const rows = all(shared.callbacksToErase, { merchant, limit });
      for (const row of rows) giveUpDeliveries(session, numberIn(row, 'sequence'));
      return forEach(rows, sql.eraseReceipts, sql.eraseCallback);
    },
    check: () => {
      const found = all(sql.check).map((row) => textIn(row, 'integrity_check'));
      return found[0] === 'ok' ? [] : found;
    },
  };
}

function giveUpDeliveries({ all, one, run }: SqliteSession, sequence: number): void {
  for (const row of all(sql.giveUpDeliveries, { sequence })) {
    const line = { route: textIn(row, 'route'), orderKey: textIn(row, 'order_key') };
    const { open } = one(sql.shortenLine, { ...line, sequence }) ?? {};
    if (open === 0) run(sql.dropLine, line);
  }
}

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
  const { run, one, all } = session;
  const pragma = (name: string) => numberIn(one(`PRAGMA ${name}`) ?? {}, name);
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
    eraseCallbacks: (merchant, limit) =>
      forEach(
        all(shared.callbacksToErase, { merchant, limit }),
        sql.giveUpDeliveries,
        sql.eraseReceipts,
        sql.eraseCallback,
      ),
    reusableBytes: () => pragma('freelist_count') * pragma('page_size'),
    check: () => {
      const found = all(sql.check).map((row) => textIn(row, 'integrity_check'));
      return found[0] === 'ok' ? [] : found;
    },
  };
}

import * as maintenance from '../engine/maintenance-statements.ts';
import {
  numberIn,
  type Row,
  readBody,
  readRedelivery,
  readWholeCallback,
  textIn,
} from '../engine/read-rows.ts';
import type { MaintenanceEngine } from '../engine/store-engine.ts';
import { dropLine, giveUpDeliveries, shortenLine } from './delivery-statements.ts';
import * as sql from './maintenance-statements.ts';
import { withReceipts } from './sqlite-callbacks.ts';
import type { SqliteSession, Synchronous } from './sqlite-session.ts';
import { undamaged } from './undamaged.ts';

/** Maximum size of the bodies of one call: a commit that drops more bytes would make the write-ahead log long. */
const maxBytesPerCall = 4 * 2 ** 20;

const sizeOfCallback = `SELECT body_bytes FROM callbacks WHERE sequence = $sequence`;

/** The first rows whose sizes fit into one call, and at least one row. */
function upToBytes(rows: Row[], sizeOf: (row: Row) => number): Row[] {
  let bytes = 0;
  const end = rows.findIndex((row) => {
    bytes += sizeOf(row);
    return bytes > maxBytesPerCall;
  });
  return end === -1 ? rows : rows.slice(0, Math.max(end, 1));
}

export function createMaintenanceOperations(
  session: SqliteSession,
  now: () => number,
): Synchronous<Omit<MaintenanceEngine, 'compact'>> {
  const { run, one, all } = session;
  const pragma = (name: string) => numberIn(one(`PRAGMA ${name}`) ?? {}, name);
  /** Runs the statements for each row, and returns the number of rows. */
  const forEach = (rows: Row[], ...texts: string[]) => {
    for (const row of rows) for (const text of texts) run(text, { sequence: numberIn(row, 'sequence') });
    return rows.length;
  };
  const sizeOf = ({ sequence }: Row) =>
    numberIn(one(sizeOfCallback, { sequence: Number(sequence) }) ?? {}, 'body_bytes');
  const drop = (rows: Row[]) =>
    forEach(
      upToBytes(rows, sizeOf),
      sql.dropConfirmation,
      sql.dropAttempts,
      sql.dropDeliveries,
      sql.dropReceipts,
      sql.dropCallback,
    );
  return {
    page: (range, limit) => {
      const sequences = upToBytes(all(sql.sequencesIn(range), { ...range, limit }), sizeOf);
      return all(sql.page(range), { ...range, limit: sequences.length }).map((row) =>
        readWholeCallback(withReceipts(session, row)),
      );
    },
    redeliveriesIn: (range, filter) =>
      all(sql.redeliveriesIn(range), { ...filter, from: range.after, upTo: range.upTo }).map(readRedelivery),
    bodiesIn: (range, before, limit) => all(sql.bodiesIn(range), { ...range, before, limit }).map(readBody),
    mask: (copies) =>
      undamaged(() => {
        for (const { sequence, masked } of copies) {
          if (run(sql.mask, { sequence, masked }) > 0) run(sql.dropPulled, { sequence });
        }
      }),
    dropCallbacks: (range, _, limit) =>
      undamaged(() => drop(all(maintenance.callbacksBefore(), { ...range, limit }))),
    dropCallbacksIn: (range, until, limit) =>
      undamaged(() => drop(all(sql.callbacksBeforeIn(range), { ...range, until, limit }))),
    eraseCallbacks: (merchant, range, limit) =>
      undamaged(() => {
        const rows = upToBytes(all(sql.callbacksToErase(range), { merchant, ...range, limit }), sizeOf);
        for (const row of rows)
          shortenLines(session, all(giveUpDeliveries, { sequence: numberIn(row, 'sequence') }), now());
        return forEach(rows, sql.dropPulled, sql.eraseReceipts, sql.eraseCallback);
      }),
    reusableBytes: () => pragma('freelist_count') * pragma('page_size'),
    check: () => {
      const found = all(sql.check).map((row) => textIn(row, 'integrity_check'));
      return found[0] === 'ok' ? [] : found;
    },
  };
}

/** Takes deliveries that were given up out of their lines. */
export function shortenLines({ one, run }: SqliteSession, givenUp: readonly Row[], now: number): void {
  for (const row of givenUp) {
    const line = { route: textIn(row, 'route'), orderKey: textIn(row, 'order_key') };
    const { open } = one(shortenLine, { ...line, sequence: numberIn(row, 'sequence'), now }) ?? {};
    if (open === 0) run(dropLine, line);
  }
}

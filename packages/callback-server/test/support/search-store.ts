import { fillDialects } from './backlog.ts';

/** Callbacks of a month. Almost all were delivered and are alike. A few have rare words. */
export interface SearchStore {
  /** Number of callbacks. */
  readonly count: number;
  /** The body of every callback. */
  readonly body?: string;
}

/** The times of the first and the last callback, in milliseconds. */
export const month = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2026, 0, 31) };

const seconds = { sqlite: (ms: string) => ms, postgres: (ms: string) => `to_timestamp((${ms}) / 1000.0)` };
const hexes = {
  sqlite: (number: string, digits: number) => `printf('%0${digits}x', ${number})`,
  postgres: (number: string, digits: number) => `lpad(to_hex((${number})::bigint), ${digits}, '0')`,
};

// SQLite concatenates before it divides.
const merchant = `'merchant-' || (n / 3)`;
const quarantined = 'n IN (17, 19)';

const event = `CASE WHEN n <= 2 THEN 'dropoff' WHEN n % 10 < 6 THEN 'pending' WHEN n % 10 < 9 THEN 'accept' ELSE 'reject' END`;
const verdict = `CASE WHEN n IN (1, 3) THEN 'invalid' WHEN n % 10 = 7 OR n = 9 THEN 'drift' ELSE 'valid' END`;
const outcome = `CASE state WHEN 'dead' THEN 'status 500' WHEN 'overtaken' THEN 'overtaken: a newer one' ELSE 'taken' END`;

/**
 * Returns statements that store the callbacks from number `first` to `last`. All numbers from 1 fill an empty database.
 *
 * - Rare: the event `dropoff`, the verdict `invalid`, a reject with `drift`, the quarantine, dead deliveries.
 * - The last twenty callbacks have open deliveries.
 */
export function storeStatements(
  engine: keyof typeof fillDialects,
  { count, body = '{}' }: SearchStore,
  first = 1,
  last: number = count,
): string {
  const { numbers, bytes, digest } = fillDialects[engine];
  const [time, hex] = [seconds[engine], hexes[engine]];
  const ms = `(${month.start} + n * ${month.end - month.start} / ${count + 1})`;
  const source = numbers(last, first);
  const details = `'{"merchantId":"' || ${merchant} || '","status":"accept","violations":[]}'`;
  const deliver = (route: string, state: string, condition: string) => `
    INSERT INTO deliveries (callback_sequence, route, order_key, state)
    SELECT n, '${route}', ${merchant}, ${state} FROM ${source} WHERE ${condition};`;
  return `
    INSERT INTO callbacks (
      sequence, id, dedup_hash, event, merchant, case_reference, verdict, received_at, body_bytes, body_hash, details, body)
    SELECT n, ${hex(ms, 12)} || ${hex('n', 20)}, ${bytes(hex('n', 12))}, ${event}, ${merchant},
      ${bytes(`'case-' || (n / 3)`)}, ${verdict}, ${time(ms)}, ${Buffer.byteLength(body)}, ${digest(body)},
      ${bytes(details)}, ${bytes(`'${body.replaceAll("'", "''")}'`)}
    FROM ${source};

    INSERT INTO receipts (id, callback_sequence, received_at, body_hash, body_bytes)
    SELECT id, sequence, received_at, body_hash, body_bytes FROM callbacks
    WHERE sequence BETWEEN ${first} AND ${last};
    ${deliver('confirm', `CASE WHEN ${quarantined} THEN 'dead' ELSE 'taken' END`, 'n % 10 >= 6')}
    ${deliver('handler', `CASE WHEN n > ${count - 20} THEN 'open' WHEN n % 100 = 13 THEN 'overtaken' ELSE 'taken' END`, `n > 3 AND NOT ${quarantined}`)}
    ${deliver('mail', `CASE WHEN n IN (11, 21, 31) THEN 'dead' ELSE 'taken' END`, `n > 3 AND NOT ${quarantined}`)}

    INSERT INTO attempts (callback_sequence, route, number, started_at, ended_at, outcome)
    SELECT callback_sequence, route, 1, received_at, received_at, ${outcome}
    FROM deliveries JOIN callbacks ON sequence = callback_sequence
    WHERE state <> 'open' AND callback_sequence BETWEEN ${first} AND ${last};

    INSERT INTO confirmations (callback_sequence, state, at)
    SELECT n, CASE WHEN ${quarantined} THEN 'quarantined' WHEN n % 50 = 28 THEN 'released' ELSE 'confirmed' END, ${time(ms)}
    FROM ${source} WHERE n % 10 >= 6;
    ${last < count ? '' : endOf(engine)}`;
}

/** The open deliveries wait in lines. */
function endOf(engine: keyof typeof fillDialects): string {
  return `
    INSERT INTO lines (route, order_key, open, head, next_at)
    SELECT route, order_key, count(*), min(callback_sequence), min(received_at)
    FROM deliveries JOIN callbacks ON sequence = callback_sequence
    WHERE state = 'open' GROUP BY route, order_key;
    ${fillDialects[engine].end}`;
}

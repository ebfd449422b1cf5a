import { confirmRoute } from '../../callback/confirmation.ts';

/** SQL that both engines run unchanged. Parameters are named: `$name`. */

/** What the confirmation of a callback has found, as further columns of the callback's row. */
const ofConfirmation = (column: string) =>
  `(SELECT ${column} FROM confirmations WHERE callback_sequence = callbacks.sequence)`;

export const confirmationColumns = `${ofConfirmation('state')} AS confirmation, ${ofConfirmation('at')} AS confirmed_at`;

export const pulledColumn = `${ofConfirmation('pulled')} AS pulled`;

/** Lines that were never tried, and lines whose oldest delivery failed, are in different indexes. */
const waitingLines = (isRetry: boolean) =>
  `route = $route AND claim IS NULL AND attempts ${isRetry ? '> 0' : '= 0'}`;

/**
 * Where an engine starts a scan of lines that were never tried, and of the other lines. Each is a condition that begins with
 * `AND`, or an empty text.
 */
interface ScanStarts {
  readonly fresh: string;
  readonly retry: string;
}

const wholeScans: ScanStarts = { fresh: '', retry: '' };

/**
 * @param msUntil - Turns the expression for a time into an expression for the milliseconds until this time, by the engine's
 * clock.
 * @param until - The expression for the end of the scan.
 */
export function nextDueIn(msUntil: (time: string) => string, until: string, starts = wholeScans): string {
  const next = (isRetry: boolean) =>
    msUntil(`(
      SELECT next_at FROM lines
      WHERE ${waitingLines(isRetry)} AND next_at <= ${until} ${isRetry ? starts.retry : starts.fresh}
      ORDER BY next_at
      LIMIT 1)`);
  return `SELECT ${next(false)} AS fresh, ${next(true)} AS retry`;
}

/**
 * @param now - The expression of the engine for the time by its clock.
 * @param exclusion - Leaves lines out: a condition that begins with `AND`, or an empty text.
 */
export const dueLines = (
  isRetry: boolean,
  now: string,
  limit: string,
  starts = wholeScans,
  exclusion = '',
) => `
  SELECT order_key, head
  FROM lines
  WHERE ${waitingLines(isRetry)} AND next_at <= ${now} ${isRetry ? starts.retry : starts.fresh} ${exclusion}
  ORDER BY next_at
  LIMIT ${limit}`;

/**
 * Lines that wait for a time that only a wrong clock can have set: `fresh` lines were never deferred, and `deferred` lines
 * were deferred in the future. Does not read the lines that wait after a failed attempt, which may be many.
 */
export const lateLines = (now: string) => {
  const late = (condition: string, column: string) => `
  SELECT order_key FROM lines
  WHERE route = $route AND claim IS NULL AND ${condition} AND ${column} > ${now}
  ORDER BY ${column}
  LIMIT $limit`;
  return {
    fresh: late('attempts = 0 AND deferred_at IS NULL', 'next_at'),
    deferred: late('deferred_at IS NOT NULL', 'deferred_at'),
  };
};

/** Lines that wait for the next attempt at a failed delivery. */
export const deferredLines = (now: string, since: string) => `
  SELECT order_key, next_at FROM lines
  WHERE ${waitingLines(true)} AND next_at > ${now} AND next_at >= ${since}
  ORDER BY next_at
  LIMIT $limit`;

/** Marks a callback of the quarantine as released. Its next delivery to the confirmation then passes the callback on. */
export const release = `
  INSERT INTO confirmations (callback_sequence, state, at) VALUES ($callback, 'released', $at)
  ON CONFLICT (callback_sequence) DO UPDATE SET state = 'released', at = excluded.at`;

/** A callback that no pull has confirmed, by its id. */
export const quarantined = `
  SELECT callbacks.sequence, coalesce(merchant, id) AS order_key
  FROM callbacks JOIN deliveries ON callback_sequence = callbacks.sequence AND route = '${confirmRoute}'
  WHERE id = $id AND state IN ('dead', 'overtaken') AND body IS NOT NULL`;

/** The stored body of a callback, by its id. */
export const storedBody = `
  SELECT sequence, id, received_at, data_key, body_hash, body FROM callbacks WHERE id = $id AND body IS NOT NULL`;

/** Replaces a body that cannot be read any more by the body of a repeat. */
export const restoreBody = `
  UPDATE callbacks SET details = $details, body = $body, body_hash = $bodyHash WHERE id = $id AND body IS NOT NULL`;

/** Leaves out recovered callbacks, because nobody has posted them. */
export const lastReceivedAt = `
  SELECT received_at FROM receipts
  WHERE NOT EXISTS (
    SELECT 1 FROM confirmations
    WHERE confirmations.callback_sequence = receipts.callback_sequence AND state = 'recovered')
  ORDER BY sequence DESC LIMIT 1`;

export const claimedCallback = `
  SELECT id, event, verdict, received_at, data_key, body_hash, body, ${confirmationColumns}, ${pulledColumn}
  FROM callbacks WHERE sequence = $callback`;

// What is known of a callback whose row is damaged. These statements read no row of a callback.

export const lastSequence = `
  SELECT callback_sequence AS sequence FROM receipts ORDER BY callback_sequence DESC LIMIT 1`;

export const nextSequence = `
  SELECT callback_sequence AS sequence FROM receipts
  WHERE callback_sequence > $after ORDER BY callback_sequence LIMIT 1`;

const receiptColumns = `callback_sequence AS sequence, id, received_at, body_bytes, (
    SELECT count(*) FROM receipts AS posts WHERE posts.callback_sequence = receipts.callback_sequence) AS seen_count`;

export const firstReceipt = `
  SELECT ${receiptColumns} FROM receipts WHERE callback_sequence = $callback ORDER BY receipts.sequence LIMIT 1`;

/** Reads all receipts. */
export const receiptWithId = `SELECT ${receiptColumns} FROM receipts WHERE id = $id LIMIT 1`;

/** The distinct routes of an index that begins with the route. Reads one row for each route. */
const routesIn = (source: string) => `
  SELECT route FROM (
    WITH RECURSIVE names (route) AS (
      SELECT min(route) FROM ${source}
      UNION ALL
      SELECT (SELECT min(route) FROM ${source} AND route > names.route) FROM names WHERE names.route IS NOT NULL)
    SELECT route FROM names) AS found
  WHERE route IS NOT NULL`;

/** Routes that have deliveries of a state that has an index of its own. */
export const routesWith = (state: string) => routesIn(`deliveries WHERE state = '${state}'`);

/** Routes that have open or dead deliveries. */
export const routeNames = `${routesWith('open')} UNION ${routesWith('dead')}`;

/**
 * The oldest callback with an open delivery to a route.
 *
 * @param start - Where an engine starts the scan: a condition that begins with `AND`, or an empty text.
 */
export const oldestOpen = (start = '') => `
  SELECT callback_sequence FROM deliveries
  WHERE state = 'open' AND route = $route ${start}
  ORDER BY callback_sequence LIMIT 1`;

/**
 * When a callback was received, by its first receipt: the callback itself may be damaged. Without a receipt, reads the
 * callback.
 *
 * @param sequence - The expression of its sequence.
 */
export const receivedAt = (sequence: string) => `coalesce(
    (SELECT received_at FROM receipts WHERE callback_sequence = ${sequence} ORDER BY receipts.sequence LIMIT 1),
    (SELECT received_at FROM callbacks WHERE callbacks.sequence = ${sequence}))`;

/**
 * The columns of a route's stats.
 *
 * @param oldest - The expression of the sequence of the oldest callback with an open delivery.
 */
export const statsColumns = (oldest: string, { retry } = wholeScans) => `
  (SELECT ${receivedAt('oldest.callback_sequence')} FROM (${oldest}) AS oldest) AS oldest_undelivered_at,
  (SELECT count(*) FROM lines WHERE ${waitingLines(true)} ${retry}) AS blocked_merchants,
  (SELECT count(*) FROM deliveries WHERE state = 'dead' AND route = $route) AS dead_letters`;

export const routeStats = `SELECT ${statsColumns(oldestOpen())}`;

/** Reads a row for each merchant that waits. */
export const countOpen = `SELECT coalesce(sum(open), 0) AS open FROM lines WHERE route = $route`;

export const listDrift = `SELECT * FROM drift ORDER BY count DESC, last_at DESC`;

export const probe = `
  INSERT INTO probe (id, written_at) VALUES (1, $now)
  ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at`;

import * as shared from '../engine/shared-statements.ts';
import { lineOrder, restartLine } from './line-statements.ts';

/**
 * The statements that claim and settle deliveries.
 *
 * Each statement must find its rows by index, whatever PostgreSQL believes about the size of a table: an emptied table fills
 * within seconds, and the plan of a named statement stays. Therefore no plan depends on the order of a join. Rows are found
 * for each row of another list (LATERAL with OFFSET 0), for a list of keys (ANY), in an order that one index has, or by the
 * key of ON CONFLICT.
 */

const now = 'statement_timestamp()';

const scanStarts = {
  fresh: 'AND next_at >= $freshSince::timestamptz',
  retry: 'AND next_at >= $retrySince::timestamptz',
};

/**
 * Claims lines, and returns their oldest deliveries. A line whose delivery this statement cannot see yet is left to the
 * next claim. The second condition on the sequence keeps PostgreSQL from reading older partitions. The lines of `claimed`
 * exist and are locked, so nothing is inserted.
 */
const claimLinesBut = (exclusion: string, selected: string) => `
  WITH fresh AS MATERIALIZED (${shared.dueLines(false, now, '$fresh', scanStarts, exclusion)} FOR UPDATE SKIP LOCKED),
  retries AS MATERIALIZED (${shared.dueLines(true, now, '$retries', scanStarts, exclusion)} FOR UPDATE SKIP LOCKED),
  due AS (SELECT * FROM fresh UNION ALL SELECT * FROM retries),
  heads AS MATERIALIZED (
    SELECT due.order_key, oldest.callback_sequence
    FROM due CROSS JOIN LATERAL (
      SELECT order_key, callback_sequence FROM deliveries
      WHERE state = 'open' AND route = $route AND (order_key, callback_sequence) >= (due.order_key, due.head)
        AND callback_sequence >= due.head
      ORDER BY order_key, callback_sequence
      LIMIT 1) AS oldest
    WHERE oldest.order_key = due.order_key
  ),
  claimed AS (
    INSERT INTO lines AS known (route, order_key, open, head, next_at)
    SELECT $route, order_key, 0, callback_sequence, ${now} FROM heads
    ON CONFLICT (route, order_key) DO UPDATE
    SET claim = $token, claimed = excluded.head, attempts = known.attempts + 1, started_at = ${now},
      leased_until = ${now} + $leaseMs * interval '1 millisecond'
    RETURNING route, order_key, claim, claimed, attempts, next_at
  )
  SELECT route, order_key, claim AS token, claimed AS callback, attempts AS attempt, next_at${selected}`;

const withCallbacks = `, id, event, verdict, received_at, data_key, body_hash, body,
    (SELECT state FROM confirmations WHERE callback_sequence = claimed) AS confirmation,
    (SELECT pulled FROM confirmations WHERE callback_sequence = claimed) AS pulled
  FROM claimed CROSS JOIN LATERAL (SELECT * FROM callbacks WHERE sequence = claimed OFFSET 0) AS callback`;

const exclusion = 'AND order_key <> ALL ($excluded::text[])';

export const claimLines = claimLinesBut('', withCallbacks);

export const claimLinesButExcluded = claimLinesBut(exclusion, withCallbacks);

export const claimUnread = claimLinesBut(exclusion, ' FROM claimed');

export const reclaimLines = `
  WITH expired AS MATERIALIZED (
    SELECT order_key FROM lines
    WHERE route = $route AND claim IS NOT NULL AND leased_until <= ${now}
      AND leased_until >= ${now} - $sinceMs * interval '1 millisecond'
    ORDER BY leased_until
    FOR UPDATE SKIP LOCKED
  )
  UPDATE lines
  SET claim = $token, leased_until = ${now} + $leaseMs * interval '1 millisecond'
  WHERE route = $route AND order_key = ANY (ARRAY(SELECT order_key FROM expired))
  RETURNING route, order_key, claim AS token, claimed AS callback, greatest(attempts, 1) AS attempt`;

/**
 * Settles attempts of one route. Attempts whose claim was taken over are left out.
 *
 * - `held` has the attempts whose claim is still held. Their lines are locked in the order of their keys, so that two
 *   replicas do not deadlock.
 * - `closed`: the deliveries exist, so nothing is inserted. PostgreSQL opens only the partitions of these deliveries.
 * - `remaining`: the lines exist, so nothing is inserted. A callback that arrived meanwhile may have lowered the head. A line
 *   waits for the next attempt at its delivery, unless it has become due during this attempt: an older delivery has
 *   restarted the line, or its delivery may be overtaken.
 *
 * @param more - Further parameters and their columns.
 */
const settle = (more = { parameters: '', columns: '' }) => `
  WITH given AS MATERIALIZED (
    SELECT *
    FROM unnest(
        $orderKeys::text[], $tokens::text[], $callbacks::bigint[], $states::text[], $delays::float8[], $outcomes::text[]
        ${more.parameters}
      ) WITH ORDINALITY AS given (order_key, token, callback_sequence, state, delay_ms, outcome${more.columns}, position)
    ORDER BY order_key
  ),
  held AS MATERIALIZED (
    SELECT given.*, started_at, next_at, open, head, attempts, open = 1 AND state <> 'due' AS is_last
    FROM given CROSS JOIN LATERAL (
      SELECT claim, started_at, next_at, open, head, attempts FROM lines
      WHERE route = $route AND order_key = given.order_key
      OFFSET 0
      FOR UPDATE) AS line
    WHERE claim = token
  ),
  attempted AS (
    INSERT INTO attempts (callback_sequence, route, number, started_at, ended_at, outcome)
    SELECT callback_sequence, $route, 1 + coalesce((
        SELECT max(number) FROM attempts AS earlier
        WHERE earlier.callback_sequence = held.callback_sequence AND earlier.route = $route), 0),
      started_at, clock_timestamp(), outcome
    FROM held
    WHERE outcome IS NOT NULL
  ),
  closed AS (
    INSERT INTO deliveries AS known (callback_sequence, route, order_key, state)
    SELECT callback_sequence, $route, order_key, state FROM held WHERE state <> 'due'
    ON CONFLICT (callback_sequence, route) DO UPDATE SET state = excluded.state
  ),
  dropped AS (
    DELETE FROM lines
    WHERE route = $route AND order_key = ANY (ARRAY(SELECT order_key FROM held WHERE is_last))
  ),
  remaining AS (
    INSERT INTO lines AS known (route, order_key, open, head, next_at, deferred_at, attempts)
    SELECT $route, order_key, open - (state <> 'due')::integer,
    CASE WHEN state <> 'due' AND head >= callback_sequence THEN callback_sequence + 1 ELSE head END,
    CASE WHEN attempts = 0 OR next_at > started_at THEN ${now} ELSE ${now} + delay_ms * interval '1 millisecond' END,
    CASE WHEN state = 'due' AND attempts > 0 THEN ${now} END,
    CASE WHEN state <> 'due' THEN 0 WHEN outcome IS NULL THEN greatest(attempts - 1, 0) ELSE attempts END
  FROM held
  WHERE NOT is_last
  ON CONFLICT (route, order_key) DO UPDATE
  SET claim = NULL, claimed = CASE WHEN excluded.deferred_at IS NOT NULL THEN known.claimed END, started_at = NULL,
    leased_until = NULL, open = excluded.open, head = excluded.head, next_at = excluded.next_at, deferred_at = excluded.deferred_at, attempts = excluded.attempts
  )`;

/** Positions of the attempts whose claim was still held, from 1. */
const heldPositions = `
  SELECT position FROM held`;

export const settleAttempts = settle() + heldPositions;

/** Settles attempts at confirming callbacks, keeps what was found, and opens the deliveries that follow. */
export const settleConfirmed = `${settle({
  parameters: ', $confirmations::text[], $pulled::bytea[], $routes::text[], $routeKeys::text[]',
  columns: ', confirmation, pulled, next_routes, next_keys',
})},
  found AS (
    INSERT INTO confirmations AS known (callback_sequence, state, at, pulled)
    SELECT callback_sequence, confirmation, ${now}, pulled FROM held WHERE confirmation IS NOT NULL
    ON CONFLICT (callback_sequence) DO UPDATE
    SET state = excluded.state, at = excluded.at, pulled = coalesce(excluded.pulled, known.pulled)
  ),
  passed AS (
    INSERT INTO deliveries (callback_sequence, route, order_key, state)
    SELECT callback_sequence, next_route, next_key, 'open'
    FROM held, unnest(string_to_array(nullif(next_routes, ''), ','), string_to_array(nullif(next_keys, ''), ','))
      AS next (next_route, next_key)
    ON CONFLICT (callback_sequence, route) DO NOTHING
    RETURNING callback_sequence, route, order_key
  ),
  extended AS (
    INSERT INTO lines AS known (route, order_key, open, head, next_at)
    SELECT route, order_key, count(*), min(callback_sequence), ${now}
    FROM passed
    GROUP BY route, order_key
    ORDER BY ${lineOrder}
    ON CONFLICT (route, order_key) DO UPDATE
    SET open = known.open + excluded.open, head = least(known.head, excluded.head),${restartLine('excluded.head < coalesce(known.claimed, known.head)', 'known.route = ANY ($prompt::text[])')}
  )
${heldPositions}`;

/**
 * A purge that has chosen one of the callbacks waits, because of FOR SHARE. A callback that a purge has dropped is left out.
 * If the order of the route has changed since a delivery was made, the delivery moves to another line.
 */
export const openDeliveries = `
  WITH stored AS (
    SELECT sequence FROM callbacks WHERE sequence = ANY ($callbacks::bigint[]) ORDER BY sequence FOR SHARE
  ),
  opened AS (
    INSERT INTO deliveries AS known (callback_sequence, route, order_key, state)
    SELECT sequence, $route, ($orderKeys::text[])[array_position($callbacks::bigint[], sequence)], 'open'
    FROM stored
    ON CONFLICT (callback_sequence, route) DO UPDATE SET state = 'open', order_key = excluded.order_key
    WHERE known.state <> 'open'
    RETURNING order_key, callback_sequence
  ),
  extended AS (
    INSERT INTO lines AS known (route, order_key, open, head, next_at)
    SELECT $route, order_key, count(*), min(callback_sequence), ${now}
    FROM opened
    GROUP BY order_key
    ORDER BY order_key
    ON CONFLICT (route, order_key) DO UPDATE
    SET open = known.open + excluded.open, head = least(known.head, excluded.head),${restartLine('(known.claim IS NULL OR excluded.head < known.claimed)')}
  )
  SELECT count(*) FROM opened`;

export const nextDueIn = shared.nextDueIn(
  (time) => `(extract(epoch FROM ${time} - ${now}) * 1000)::float8`,
  `${now} + $withinMs * interval '1 millisecond'`,
  scanStarts,
);

/** Also returns where the next look for the oldest open delivery starts. */
export const routeStats = `
  WITH oldest AS MATERIALIZED (${shared.oldestOpen('AND callback_sequence >= $oldestSince')})
  SELECT ${shared.statsColumns('SELECT callback_sequence FROM oldest', scanStarts)},
    coalesce((SELECT callback_sequence FROM oldest), (SELECT max(sequence) FROM callbacks)) AS oldest_since`;

const waitingIn = (lines: string) => `
  WITH waiting AS MATERIALIZED (${lines} FOR UPDATE SKIP LOCKED)`;

const makeWaitingDue = `
  UPDATE lines SET next_at = ${now}, deferred_at = NULL
  WHERE route = $route AND order_key = ANY (ARRAY(SELECT order_key FROM waiting))`;

const makeDue = (lines: string) => waitingIn(lines) + makeWaitingDue;

/** Returns how many lines were released, and the latest time that a released line had to wait for. */
export const releaseDeferred = `
  ${waitingIn(shared.deferredLines(now, '$since::timestamptz'))},
  released AS (${makeWaitingDue})
  SELECT count(*), max(next_at) AS latest FROM waiting`;

const lateLines = shared.lateLines(now);

export const correctFresh = makeDue(lateLines.fresh);

export const correctDeferred = makeDue(lateLines.deferred);

/** If a clock that was ahead set a lease, the lease begins again now, with the same duration. */
export const correctLeases = `
  WITH ahead AS MATERIALIZED (
    SELECT order_key FROM lines
    WHERE route = $route AND claim IS NOT NULL AND leased_until > ${now} AND started_at > ${now}
    ORDER BY leased_until
    LIMIT $limit
    FOR UPDATE SKIP LOCKED
  )
  UPDATE lines SET leased_until = ${now} + (leased_until - started_at), started_at = ${now}
  WHERE route = $route AND order_key = ANY (ARRAY(SELECT order_key FROM ahead))`;

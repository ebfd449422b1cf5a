import * as shared from '../engine/shared-statements.ts';

/** The statements that hand callbacks on. Times are by the clock of the database. */

const now = 'statement_timestamp()';

/**
 * Claims lines, and returns their oldest deliveries. A line whose delivery this statement cannot see yet is left to the
 * next claim.
 */
export const claimLines = `
  WITH fresh AS MATERIALIZED (${shared.dueLines(false, now, '$fresh')} FOR UPDATE SKIP LOCKED),
  retries AS MATERIALIZED (${shared.dueLines(true, now, '$retries')} FOR UPDATE SKIP LOCKED),
  due AS (SELECT * FROM fresh UNION ALL SELECT * FROM retries),
  heads AS MATERIALIZED (
    SELECT due.order_key, oldest.callback_sequence
    FROM due CROSS JOIN LATERAL (
      SELECT callback_sequence FROM deliveries
      WHERE state = 'open' AND route = $route AND order_key = due.order_key AND callback_sequence >= due.head
      ORDER BY callback_sequence
      LIMIT 1) AS oldest
  ),
  claimed AS (
    UPDATE lines
    SET claim = $token, claimed = callback_sequence, attempts = attempts + 1, started_at = ${now},
      leased_until = ${now} + $leaseMs * interval '1 millisecond'
    FROM heads
    WHERE lines.route = $route AND lines.order_key = heads.order_key
    RETURNING lines.route, lines.order_key, claim, claimed, attempts
  )
  SELECT route, order_key, claim AS token, claimed AS callback, attempts AS attempt,
    id, event, verdict, received_at, data_key, body
  FROM claimed JOIN callbacks ON sequence = claimed`;

export const reclaimLines = `
  WITH expired AS MATERIALIZED (
    SELECT order_key FROM lines
    WHERE route = $route AND claim IS NOT NULL AND leased_until <= ${now}
    FOR UPDATE SKIP LOCKED
  )
  UPDATE lines
  SET claim = $token, leased_until = ${now} + $leaseMs * interval '1 millisecond'
  FROM expired
  WHERE lines.route = $route AND lines.order_key = expired.order_key
  RETURNING lines.route, lines.order_key, claim AS token, claimed AS callback, attempts AS attempt,
    (SELECT id FROM callbacks WHERE sequence = claimed) AS id,
    (SELECT received_at FROM callbacks WHERE sequence = claimed) AS received_at`;

/** Settles attempts of one route, and counts them. Attempts whose claim was taken over are left out. */
export const settleAttempts = `
  WITH held AS MATERIALIZED (
    SELECT lines.order_key, callback_sequence, state, delay_ms, outcome, started_at,
      open = 1 AND state <> 'due' AS is_last
    FROM unnest(
        $orderKeys::text[], $tokens::text[], $callbacks::bigint[], $states::text[], $delays::float8[], $outcomes::text[]
      ) AS given (order_key, token, callback_sequence, state, delay_ms, outcome)
      JOIN lines ON route = $route AND lines.order_key = given.order_key AND claim = token
    ORDER BY lines.order_key
    FOR UPDATE OF lines
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
    UPDATE deliveries SET state = held.state
    FROM held
    WHERE held.state <> 'due' AND deliveries.callback_sequence = held.callback_sequence AND route = $route
  ),
  dropped AS (
    DELETE FROM lines USING held WHERE is_last AND route = $route AND lines.order_key = held.order_key
  ),
  remaining AS (
    UPDATE lines
    SET claim = NULL, claimed = NULL, started_at = NULL, leased_until = NULL,
      -- A callback that arrived meanwhile may have lowered the head.
      head = CASE WHEN held.state <> 'due' AND head >= claimed THEN claimed + 1 ELSE head END,
      open = open - (held.state <> 'due')::integer,
      attempts = CASE WHEN held.state <> 'due' THEN 0 WHEN outcome IS NULL THEN attempts - 1 ELSE attempts END,
      next_at = ${now} + delay_ms * interval '1 millisecond',
      deferred_at = CASE WHEN held.state = 'due' THEN ${now} END
    FROM held
    WHERE NOT is_last AND route = $route AND lines.order_key = held.order_key
  )
  SELECT count(*) FROM held`;

export const openDeliveries = `
  WITH opened AS (
    INSERT INTO deliveries AS known (callback_sequence, route, order_key, state)
    SELECT callback_sequence, $route, order_key, 'open'
    FROM unnest($callbacks::bigint[], $orderKeys::text[]) AS given (callback_sequence, order_key)
    ON CONFLICT (callback_sequence, route) DO UPDATE SET state = 'open' WHERE known.state <> 'open'
    RETURNING order_key, callback_sequence
  ),
  extended AS (
    INSERT INTO lines AS known (route, order_key, open, head, next_at)
    SELECT $route, order_key, count(*), min(callback_sequence), ${now}
    FROM opened
    GROUP BY order_key
    ORDER BY order_key
    ON CONFLICT (route, order_key) DO UPDATE
    SET open = known.open + excluded.open, head = least(known.head, excluded.head)
  )
  SELECT count(*) FROM opened`;

export const nextDueIn = shared.nextDueIn((time) => `(extract(epoch FROM ${time} - ${now}) * 1000)::float8`);

const makeDue = (lines: string) => `
  WITH waiting AS MATERIALIZED (${lines} FOR UPDATE SKIP LOCKED)
  UPDATE lines SET next_at = ${now}, deferred_at = NULL
  FROM waiting
  WHERE route = $route AND lines.order_key = waiting.order_key`;

export const releaseDeferred = makeDue(shared.deferredLines(now));

export const correctFresh = makeDue(shared.lateLines(false, now));

export const correctRetries = makeDue(shared.lateLines(true, now));

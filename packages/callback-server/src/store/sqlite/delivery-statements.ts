import * as shared from '../engine/shared-statements.ts';

/**
 * A purge may have dropped the callback since its row was read. If the order of the route has changed since the delivery was
 * made, the delivery moves to another line.
 */
export const openDelivery = `
  INSERT INTO deliveries (callback_sequence, route, order_key, state)
  SELECT sequence, $route, $orderKey, 'open' FROM callbacks WHERE sequence = $callback
  ON CONFLICT (callback_sequence, route) DO UPDATE SET state = 'open', order_key = excluded.order_key
  WHERE state <> 'open'`;

export const dueLines = {
  fresh: shared.dueLines(false, '$now', '$limit'),
  retry: shared.dueLines(true, '$now', '$limit'),
};

const exclusion = 'AND order_key NOT IN (SELECT value FROM json_each($excluded))';

export const dueLinesButExcluded = {
  fresh: shared.dueLines(false, '$now', '$limit', undefined, exclusion),
  retry: shared.dueLines(true, '$now', '$limit', undefined, exclusion),
};

export const headOfLine = `
  SELECT callback_sequence, id, event, verdict, received_at, data_key, body_hash, body,
    ${shared.confirmationColumns}, ${shared.pulledColumn}
  FROM deliveries JOIN callbacks ON callbacks.sequence = callback_sequence
  WHERE state = 'open' AND route = $route AND order_key = $orderKey AND callback_sequence >= $head
  ORDER BY callback_sequence
  LIMIT 1`;

export const unreadHeadOfLine = `
  SELECT callback_sequence
  FROM deliveries
  WHERE state = 'open' AND route = $route AND order_key = $orderKey AND callback_sequence >= $head
  ORDER BY callback_sequence
  LIMIT 1`;

export const claimLine = `
  UPDATE lines
  SET claim = $token, claimed = $callback, holder = $holder, started_at = $now, attempts = attempts + 1
  WHERE route = $route AND order_key = $orderKey
  RETURNING attempts AS attempt`;

/** Without the name of the index, SQLite would read every line of the route. */
export const reclaimLines = `
  UPDATE lines INDEXED BY lines_claimed
  SET claim = $token, holder = $holder
  WHERE route = $route AND claim IS NOT NULL AND holder <> $holder
  RETURNING order_key, claimed AS callback, max(attempts, 1) AS attempt`;

export const claimedLine = `
  SELECT open, started_at FROM lines WHERE route = $route AND order_key = $orderKey AND claim = $token`;

export const closeDelivery = `
  UPDATE deliveries SET state = $state WHERE callback_sequence = $callback AND route = $route`;

export const dropLine = `DELETE FROM lines WHERE route = $route AND order_key = $orderKey`;

/** A callback that arrived meanwhile may have lowered the head. */
export const advanceLine = `
  UPDATE lines
  SET open = open - 1, head = CASE WHEN head >= claimed THEN claimed + 1 ELSE head END, next_at = $now,
    deferred_at = NULL, attempts = 0, claim = NULL, claimed = NULL, started_at = NULL, holder = NULL
  WHERE route = $route AND order_key = $orderKey`;

/**
 * The line waits for the next attempt at its delivery, unless it has become due during this attempt: an older delivery has
 * restarted the line, or its delivery may be overtaken.
 *
 * @param counts - Whether the attempt counts.
 */
export const deferLine = (counts: boolean) => `
  UPDATE lines
  SET next_at = iif(attempts = 0 OR next_at > started_at, $now, $nextAt), deferred_at = iif(attempts = 0, NULL, $now),
    attempts = ${counts ? 'attempts' : 'max(attempts - 1, 0)'},
    claim = NULL, started_at = NULL, holder = NULL
  WHERE route = $route AND order_key = $orderKey`;

export const addAttempt = `
  INSERT INTO attempts (callback_sequence, route, number, started_at, ended_at, outcome)
  SELECT $callback, $route, 1 + coalesce(max(number), 0), $startedAt, $now, $outcome
  FROM attempts
  WHERE callback_sequence = $callback AND route = $route`;

export const lateLines = shared.lateLines('$now');

export const deferredLines = shared.deferredLines('$now', '$since');

export const nextDueIn = shared.nextDueIn((time) => `${time} - $now`, '$now + $withinMs');

export const makeDue = `
  UPDATE lines SET next_at = $now, deferred_at = NULL WHERE route = $route AND order_key = $orderKey`;

export const giveUpDeliveries = `
  UPDATE deliveries SET state = 'dead' WHERE callback_sequence = $sequence AND state = 'open'
  RETURNING route, order_key, callback_sequence AS sequence`;

export const giveUpDelivery = `
  UPDATE deliveries SET state = 'dead' WHERE route = $route AND callback_sequence = $sequence AND state = 'open'
  RETURNING route, order_key, callback_sequence AS sequence`;

export const giveUpRoute = `
  UPDATE deliveries SET state = 'dead'
  WHERE route = $route AND callback_sequence IN (
    SELECT callback_sequence FROM deliveries WHERE route = $route AND state = 'open'
    ORDER BY callback_sequence LIMIT $limit)
  RETURNING route, order_key, callback_sequence AS sequence`;

/**
 * A running attempt at the delivery finds its claim gone, and settles nothing. A delivery that waited behind a tried
 * delivery is due at once, and has all of its attempts.
 */
export const shortenLine = `
  UPDATE lines
  SET open = open - 1, claim = iif(claimed = $sequence, NULL, claim), claimed = nullif(claimed, $sequence),
    attempts = iif(claimed = $sequence, 0, attempts), next_at = iif(claimed = $sequence, $now, next_at),
    deferred_at = iif(claimed = $sequence, NULL, deferred_at)
  WHERE route = $route AND order_key = $orderKey
  RETURNING open`;

import type { ListDialect } from '../engine/list-callbacks.ts';
import { block, blocks } from '../engine/list-sources.ts';
import type { SequenceRange } from '../engine/records.ts';
import * as shared from '../engine/shared-statements.ts';

/** The statements of the SQLite engine, in the order in which a callback meets them. */

/** Without RETURNING, because with RETURNING SQLite would copy every page that the statement changes. */
export const keepCallback = `
  INSERT INTO callbacks (
    id, dedup_hash, event, merchant, case_reference, verdict, received_at, body_bytes, body_hash, data_key, details, body)
  VALUES (
    $id, $dedupHash, $event, $merchant, $caseReference, $verdict, $receivedAt, $bodyBytes, $bodyHash, $dataKey, $details,
    $body)
  ON CONFLICT (dedup_hash) DO NOTHING`;

export const countRepeat = `
  UPDATE callbacks SET seen_count = seen_count + 1
  WHERE dedup_hash = $dedupHash
  RETURNING sequence, id`;

export const keepReceipt = `
  INSERT INTO receipts (id, callback_sequence, received_at, body_hash, body_bytes, data_key, sender)
  VALUES ($id, $callback, $receivedAt, $bodyHash, $bodyBytes, $dataKey, $sender)`;

export const addDelivery = `
  INSERT INTO deliveries (callback_sequence, route, order_key, state) VALUES ($callback, $route, $orderKey, 'open')`;

/** The merchant's line may wait for an earlier callback, even for one that failed: its time stays. */
export const extendLine = `
  INSERT INTO lines (route, order_key, open, head, next_at) VALUES ($route, $orderKey, 1, $callback, $now)
  ON CONFLICT (route, order_key) DO UPDATE SET open = open + 1, head = min(head, excluded.head)`;

/**
 * If a condition holds, the line is due, and its next delivery has all attempts. A running attempt that fails then leaves
 * the line so, because it finds that no attempt is counted.
 *
 * @param isDue - Whether the line is due in any case.
 */
const restartLine = (condition: string, isDue: boolean) => `,
    attempts = iif(${condition}, 0, attempts), deferred_at = iif(${condition}, NULL, deferred_at),
    next_at = iif(${isDue} OR ${condition}, excluded.next_at, next_at)`;

/** The same for a delivery that opens again: it does not wait for a younger one of its line. */
export const extendRestartedLine = `${extendLine}${restartLine('(claim IS NULL OR excluded.head < claimed)', false)}`;

/**
 * The same for the end of a confirmation. A callback that an operator has released does not wait for a younger one.
 *
 * @param isDue - Whether the line becomes due: what it has waited for may be overtaken.
 */
export const extendConfirmedLine = (isDue: boolean) =>
  `${extendLine}${restartLine('excluded.head < coalesce(claimed, head)', isDue)}`;

/** After 1000 kinds of drift only known kinds are counted: the list is for a person to read. */
export const countDrift = `
  INSERT INTO drift (hash, event, details, since, last_at, count, example_id)
  SELECT $hash, $event, $details, $at, $at, 1, $id
  WHERE (SELECT count(*) FROM drift) < 1000 OR EXISTS (SELECT 1 FROM drift WHERE hash = $hash)
  ON CONFLICT (hash) DO UPDATE SET count = count + 1, last_at = $at, example_id = $id`;

export const hasLine = `SELECT 1 FROM lines WHERE route = $route AND order_key = $orderKey`;

/** Without an existing delivery of the callback to the route. */
export const addMissingDelivery = `${addDelivery} ON CONFLICT DO NOTHING`;

export const keepConfirmation = `
  INSERT INTO confirmations (callback_sequence, state, at, pulled) VALUES ($callback, $confirmation, $now, $pulled)
  ON CONFLICT (callback_sequence) DO UPDATE
  SET state = excluded.state, at = excluded.at, pulled = coalesce(excluded.pulled, pulled)`;

/**
 * A purge may have dropped the callback since its row was read. The order of the route may have changed since the delivery was
 * made, and with it the line.
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

const callbackColumns = `sequence, id, event, verdict, received_at, seen_count, body_bytes, data_key, details,
  body IS NOT NULL AS has_body, masked IS NOT NULL AS has_masked, ${shared.confirmationColumns}`;

/** A single sequence is looked up: the end of a range would read its neighbours, whose pages may be damaged. */
const inRange = ({ after, upTo }: SequenceRange, sequence = 'sequence', from = '$after') =>
  `${sequence} > ${from} AND ${sequence} ${upTo - after === 1 ? '=' : '<='} $upTo`;

/** How SQLite lists callbacks. Without the name of the index, it might choose another one: it counts nothing. */
export const listDialect: ListDialect = {
  columns: callbackColumns,
  select: ({ table, index, partial, isInBlocks, words }, range, conditions) => {
    const sequence = table === 'callbacks' ? 'sequence' : 'callback_sequence';
    const found = words.map(({ column, parameter }) => `${column} = $${parameter}`);
    const fixed = [...(partial ? [partial] : []), ...(isInBlocks ? [`${block} = block`] : [])];
    return `
    SELECT ${sequence} AS sequence
    FROM ${isInBlocks ? `${blocks} CROSS JOIN` : ''} ${table} ${index ? `INDEXED BY ${index}` : 'NOT INDEXED'}
    WHERE ${[...fixed, ...found, inRange(range, sequence)].join(' AND ')} ${conditions}
    ORDER BY ${sequence} DESC
    LIMIT $limit`;
  },
  isAmong: (query) => `sequence IN (${query})`,
  hour: 'received_at / 3600000',
  // A number is bound as a fraction.
  hourOf: (parameter) => `CAST(${parameter} AS INTEGER) / 3600000`,
};

const wholeColumns = `${callbackColumns}, body_hash, body, masked, ${shared.pulledColumn}`;

export const getCallback = `SELECT ${wholeColumns} FROM callbacks WHERE id = $id`;

export const receiptsOf = `
  SELECT id, received_at, data_key, sender FROM receipts WHERE callback_sequence = $callback ORDER BY sequence LIMIT 100`;

export const deliveriesOf = `
  SELECT deliveries.route, next_at, iif(callback_sequence = claimed, started_at, NULL) AS started_at,
    CASE state WHEN 'open' THEN iif(claim IS NOT NULL AND callback_sequence = claimed, 'claimed', 'due') ELSE state END
      AS state
  FROM deliveries
    LEFT JOIN lines ON state = 'open' AND lines.route = deliveries.route AND lines.order_key = deliveries.order_key
  WHERE callback_sequence = $callback
  ORDER BY deliveries.route`;

export const attemptsOf = `
  SELECT started_at, ended_at, outcome
  FROM attempts
  WHERE callback_sequence = $callback AND route = $route
  ORDER BY number`;

// Keys.

/** Adds a key, unless its owner has one, or its master key is retired. */
export const addDataKey = `
  INSERT INTO data_keys (id, owner, master_key, wrapped, made_at)
  SELECT $id, $owner, $masterKey, $wrapped, $madeAt FROM master_keys WHERE id = $masterKey
  ON CONFLICT (owner) DO NOTHING`;

export const hasDataKey = `SELECT 1 FROM data_keys WHERE id = $id`;

export const replaceDataKey = `
  UPDATE data_keys SET master_key = $masterKey, wrapped = $wrapped WHERE id = $id`;

// Maintenance.

export const sequencesIn = (range: SequenceRange) => `
  SELECT sequence FROM callbacks WHERE ${inRange(range)} ORDER BY sequence LIMIT $limit`;

export const page = (range: SequenceRange) => `
  SELECT ${wholeColumns} FROM callbacks WHERE ${inRange(range)} ORDER BY sequence LIMIT $limit`;

/** `$after` is an id here. */
export const redeliveriesIn = (range: SequenceRange) =>
  shared.redeliveriesIn(inRange(range, 'callbacks.sequence', '$from'));

export const bodiesIn = (range: SequenceRange) => shared.bodiesIn(inRange(range));

export const callbacksBeforeIn = (range: SequenceRange) => shared.callbacksBeforeIn(inRange(range));

export const callbacksToErase = (range: SequenceRange) => shared.callbacksToErase(inRange(range));

/** A delivery may have been opened since the body was read. */
export const mask = `
  UPDATE callbacks SET body = NULL, masked = $masked
  WHERE sequence = $sequence AND ${shared.hasNoOpenDelivery}`;

export const dropPulled = `UPDATE confirmations SET pulled = NULL WHERE callback_sequence = $sequence`;

export const dropConfirmation = `DELETE FROM confirmations WHERE callback_sequence = $sequence`;

export const dropAttempts = `DELETE FROM attempts WHERE callback_sequence = $sequence`;

export const dropDeliveries = `DELETE FROM deliveries WHERE callback_sequence = $sequence`;

export const dropReceipts = `DELETE FROM receipts WHERE callback_sequence = $sequence`;

export const dropCallback = `DELETE FROM callbacks WHERE sequence = $sequence`;

export const eraseCallback = `
  UPDATE callbacks SET case_reference = NULL, details = NULL, body = NULL, masked = NULL WHERE sequence = $sequence`;

export const eraseReceipts = `
  UPDATE receipts SET sender = NULL WHERE callback_sequence = $sequence AND sender IS NOT NULL`;

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
 * A running attempt at the delivery finds its claim gone, and settles nothing. What waited behind a delivery that was tried is
 * due at once, with all of its attempts.
 */
export const shortenLine = `
  UPDATE lines
  SET open = open - 1, claim = iif(claimed = $sequence, NULL, claim), claimed = nullif(claimed, $sequence),
    attempts = iif(claimed = $sequence, 0, attempts), next_at = iif(claimed = $sequence, $now, next_at),
    deferred_at = iif(claimed = $sequence, NULL, deferred_at)
  WHERE route = $route AND order_key = $orderKey
  RETURNING open`;

export const check = `PRAGMA integrity_check(100)`;

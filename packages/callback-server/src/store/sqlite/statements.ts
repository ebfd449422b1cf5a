import type { RowFilter } from '../engine/rows.ts';

/** The statements of the SQLite engine, in the order in which a callback meets them. */

/** Without RETURNING, for which SQLite would put aside a copy of every page that the statement is to change. */
export const keepCallback: string = `
  INSERT INTO callbacks (
    id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash, data_key, details, body)
  VALUES (
    $id, $dedupHash, $event, $merchant, $verdict, $receivedAt, $bodyBytes, $bodyHash, $dataKey, $details, $body)
  ON CONFLICT (dedup_hash) DO NOTHING`;

export const countRepeat: string = `
  UPDATE callbacks SET seen_count = seen_count + 1
  WHERE dedup_hash = $dedupHash
  RETURNING sequence, id, body_hash`;

export const keepReceipt: string = `
  INSERT INTO receipts (id, callback_sequence, received_at, body_hash, body_bytes, data_key, differing_body, sender)
  VALUES ($id, $callback, $receivedAt, $bodyHash, $bodyBytes, $dataKey, $differing, $sender)`;

/** Falls due with the one of its merchant that is held up, so that no claim has to look past it until then. */
export const addDelivery: string = `
  INSERT INTO deliveries (callback_sequence, route, order_key, state, next_at)
  VALUES ($callback, $route, $orderKey, 'due', max($nextAt, coalesce((
    SELECT next_at FROM deliveries
    WHERE state = 'due' AND route = $route AND order_key = $orderKey
    ORDER BY callback_sequence
    LIMIT 1), 0)))`;

/** What departs in ever new ways is counted only where it did so before: the list is for a person to read. */
export const countDrift: string = `
  INSERT INTO drift (hash, event, details, since, last_at, count, example_id)
  SELECT $hash, $event, $details, $at, $at, 1, $id
  WHERE (SELECT count(*) FROM drift) < 1000 OR EXISTS (SELECT 1 FROM drift WHERE hash = $hash)
  ON CONFLICT (hash) DO UPDATE SET count = count + 1, last_at = $at, example_id = $id`;

/** The oldest that is due, unless another of the same merchant comes first or is being tried on that route. */
const isHeadOfLine = `NOT EXISTS (
    SELECT 1 FROM deliveries AS other
    WHERE other.state IN ('due', 'claimed') AND other.route = due.route AND other.order_key = due.order_key
      AND (other.callback_sequence < due.callback_sequence
        OR other.state = 'claimed' AND other.sequence <> due.sequence))`;

export const claimDelivery: string = `
  UPDATE deliveries
  SET state = 'claimed', claim = $token, holder = $holder, attempts = attempts + 1
  WHERE sequence = (
    SELECT due.sequence
    FROM deliveries AS due
    WHERE due.state = 'due' AND due.next_at <= $now AND ${isHeadOfLine}
    ORDER BY due.next_at, due.callback_sequence
    LIMIT 1)
  RETURNING sequence, callback_sequence, route, attempts`;

export const reclaimExpiredDeliveries: string = `
  UPDATE deliveries
  SET claim = $token, holder = $holder
  WHERE state = 'claimed' AND holder <> $holder
  RETURNING sequence, callback_sequence, route, attempts`;

export const claimedCallback: string = `
  SELECT id, event, verdict, received_at, data_key, body FROM callbacks WHERE sequence = $callback`;

export const startAttempt: string = `INSERT INTO attempts (delivery_sequence, started_at) VALUES ($delivery, $now)`;

export const settleDelivery: string = `
  UPDATE deliveries
  SET state = $state, next_at = $nextAt, claim = NULL, holder = NULL
  WHERE sequence = $delivery AND state = 'claimed' AND claim = $token`;

/** The others of a merchant fall due with the one that has failed, and wait no longer than it does. */
export const deferSiblings: string = `
  UPDATE deliveries
  SET next_at = $nextAt
  WHERE state = 'due' AND next_at < $nextAt
    AND (route, order_key) = (SELECT route, order_key FROM deliveries WHERE sequence = $delivery)`;

export const endAttempt: string = `
  UPDATE attempts
  SET ended_at = $now, outcome = $outcome
  WHERE sequence = (SELECT max(sequence) FROM attempts WHERE delivery_sequence = $delivery)`;

export const nextDueAt: string = `
  SELECT due.next_at
  FROM deliveries AS due
  WHERE due.state = 'due' AND ${isHeadOfLine}
  ORDER BY due.next_at
  LIMIT 1`;

export const callbackColumns: string = `sequence, id, event, verdict, received_at, seen_count, body_bytes, data_key, details,
  body IS NOT NULL AS has_body, masked`;

/** The newest first. Reads by an index whatever is asked for, because what is to be kept waits meanwhile. */
export function listCallbacks({ merchant, event, verdict, before }: RowFilter): string {
  const isRare = merchant !== null || (verdict !== null && verdict !== 'valid');
  const conditions = [
    merchant !== null && 'merchant = $merchant',
    // A plus keeps SQLite from an index that finds more.
    event !== null && (isRare ? '+event = $event' : 'event = $event'),
    verdict !== null && 'verdict = $verdict',
    verdict !== null && verdict !== 'valid' && `verdict <> 'valid'`,
    before !== null && 'sequence < (SELECT sequence FROM callbacks WHERE id = $before)',
  ].filter((condition) => condition !== false);
  return `
  SELECT ${callbackColumns}
  FROM callbacks
  WHERE ${['TRUE', ...conditions].join(' AND ')}
  ORDER BY sequence DESC
  LIMIT $limit`;
}

export const getCallback: string = `SELECT ${callbackColumns}, body FROM callbacks WHERE id = $id`;

export const receiptsOf: string = `
  SELECT id, received_at, data_key, sender FROM receipts WHERE callback_sequence = $callback ORDER BY sequence LIMIT 100`;

export const deliveriesOf: string = `
  SELECT sequence, route, state, next_at FROM deliveries WHERE callback_sequence = $callback ORDER BY sequence`;

export const attemptsOf: string = `
  SELECT started_at, ended_at, outcome FROM attempts WHERE delivery_sequence = $delivery ORDER BY sequence`;

export const listDrift: string = `SELECT * FROM drift ORDER BY count DESC, last_at DESC`;

export const oldestUndelivered: string = `
  SELECT received_at FROM callbacks
  WHERE sequence = (
    SELECT callback_sequence FROM deliveries WHERE state IN ('due', 'claimed') ORDER BY callback_sequence LIMIT 1)`;

export const blockedKeys: string = `SELECT count(*) AS count FROM deliveries INDEXED BY deliveries_retrying WHERE state = 'due' AND attempts > 0`;

export const deadLetters: string = `SELECT count(*) AS count FROM deliveries WHERE state = 'dead'`;

export const lastReceived: string = `SELECT received_at FROM receipts ORDER BY sequence DESC LIMIT 1`;

export const probe: string = `
  INSERT INTO probe (id, written_at) VALUES (1, $now)
  ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at`;

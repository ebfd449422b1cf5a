import type { RowFilter } from '../engine/records.ts';
import { isHeadOfLine, statsFrom } from '../engine/shared-statements.ts';

/** The statements of the SQLite engine, in the order in which a callback meets them. */

/** Without RETURNING, because with RETURNING SQLite would copy every page that the statement changes. */
export const keepCallback = `
  INSERT INTO callbacks (
    id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash, data_key, details, body)
  VALUES (
    $id, $dedupHash, $event, $merchant, $verdict, $receivedAt, $bodyBytes, $bodyHash, $dataKey, $details, $body)
  ON CONFLICT (dedup_hash) DO NOTHING`;

export const countRepeat = `
  UPDATE callbacks SET seen_count = seen_count + 1
  WHERE dedup_hash = $dedupHash
  RETURNING sequence, id, body_hash`;

export const keepReceipt = `
  INSERT INTO receipts (id, callback_sequence, received_at, body_hash, body_bytes, data_key, differing_body, sender)
  VALUES ($id, $callback, $receivedAt, $bodyHash, $bodyBytes, $dataKey, $differing, $sender)`;

/** Falls due together with a deferred delivery of the same merchant. Until then no claim has to skip the new delivery. */
export const addDelivery = `
  INSERT INTO deliveries (callback_sequence, route, order_key, state, next_at)
  VALUES ($callback, $route, $orderKey, 'due', max($nextAt, coalesce((
    SELECT next_at FROM deliveries
    WHERE state = 'due' AND route = $route AND order_key = $orderKey
    ORDER BY callback_sequence
    LIMIT 1), 0)))`;

/** After 1000 kinds of drift only known kinds are counted: the list is for a person to read. */
export const countDrift = `
  INSERT INTO drift (hash, event, details, since, last_at, count, example_id)
  SELECT $hash, $event, $details, $at, $at, 1, $id
  WHERE (SELECT count(*) FROM drift) < 1000 OR EXISTS (SELECT 1 FROM drift WHERE hash = $hash)
  ON CONFLICT (hash) DO UPDATE SET count = count + 1, last_at = $at, example_id = $id`;

export const claimDelivery = `
  UPDATE deliveries
  SET state = 'claimed', claim = $token, holder = $holder, attempts = attempts + 1
  WHERE sequence = (
    SELECT due.sequence
    FROM deliveries AS due
    WHERE due.state = 'due' AND due.next_at <= $now AND ${isHeadOfLine}
    ORDER BY due.next_at, due.callback_sequence
    LIMIT 1)
  RETURNING sequence AS delivery, callback_sequence, claim AS token, route, attempts AS attempt`;

export const reclaimDeliveries = `
  UPDATE deliveries
  SET claim = $token, holder = $holder
  WHERE state = 'claimed' AND holder <> $holder
  RETURNING sequence AS delivery, callback_sequence, claim AS token, route, attempts AS attempt`;

export const claimedCallback = `
  SELECT id, event, verdict, received_at, data_key, body FROM callbacks WHERE sequence = $callback`;

export const startAttempt = `INSERT INTO attempts (delivery_sequence, started_at) VALUES ($delivery, $now)`;

export const settleDelivery = `
  UPDATE deliveries
  SET state = $state, next_at = $nextAt, claim = NULL, holder = NULL
  WHERE sequence = $delivery AND state = 'claimed' AND claim = $token`;

/** After a failure, the merchant's other due deliveries wait until the failed delivery falls due again. */
export const deferSiblings = `
  UPDATE deliveries
  SET next_at = $nextAt
  WHERE state = 'due' AND next_at < $nextAt
    AND (route, order_key) = (SELECT route, order_key FROM deliveries WHERE sequence = $delivery)`;

export const endAttempt = `
  UPDATE attempts
  SET ended_at = $now, outcome = $outcome
  WHERE sequence = (SELECT max(sequence) FROM attempts WHERE delivery_sequence = $delivery)`;

const callbackColumns = `sequence, id, event, verdict, received_at, seen_count, body_bytes, data_key, details,
  body IS NOT NULL AS has_body, masked`;

/** Newest first. Uses an index for every filter: callbacks to be stored wait for a slow read. */
export function listCallbacks({ merchant, event, verdict, before }: RowFilter): string {
  const isSelective = merchant !== null || (verdict !== null && verdict !== 'valid');
  const conditions = [
    merchant !== null && 'merchant = $merchant',
    // The plus keeps SQLite from using the less selective index on events.
    event !== null && (isSelective ? '+event = $event' : 'event = $event'),
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

export const getCallback = `SELECT ${callbackColumns}, body FROM callbacks WHERE id = $id`;

export const receiptsOf = `
  SELECT id, received_at, data_key, sender FROM receipts WHERE callback_sequence = $callback ORDER BY sequence LIMIT 100`;

export const deliveriesOf = `
  SELECT sequence, route, state, next_at FROM deliveries WHERE callback_sequence = $callback ORDER BY sequence`;

export const attemptsOf = `
  SELECT started_at, ended_at, outcome FROM attempts WHERE delivery_sequence = $delivery ORDER BY sequence`;

export const stats = statsFrom('deliveries INDEXED BY deliveries_retrying');

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

export const page = `
  SELECT ${callbackColumns}, body FROM callbacks WHERE sequence > $after ORDER BY sequence LIMIT $limit`;

export const mask = `UPDATE callbacks SET body = NULL, masked = $masked WHERE sequence = $sequence`;

export const dropAttempts = `
  DELETE FROM attempts
  WHERE delivery_sequence IN (SELECT sequence FROM deliveries WHERE callback_sequence = $sequence)`;

export const dropDeliveries = `DELETE FROM deliveries WHERE callback_sequence = $sequence`;

export const dropReceipts = `DELETE FROM receipts WHERE callback_sequence = $sequence`;

export const dropCallback = `DELETE FROM callbacks WHERE sequence = $sequence`;

export const eraseCallback = `
  UPDATE callbacks SET details = NULL, body = NULL, masked = NULL WHERE sequence = $sequence`;

export const eraseReceipts = `
  UPDATE receipts SET sender = NULL, differing_body = NULL
  WHERE callback_sequence = $sequence AND (sender IS NOT NULL OR differing_body IS NOT NULL)`;

export const giveUpDeliveries = `
  UPDATE deliveries SET state = 'dead', claim = NULL, holder = NULL
  WHERE callback_sequence = $sequence AND state IN ('due', 'claimed')`;

export const check = `PRAGMA integrity_check(100)`;

import { confirmRoute } from '../../callback/confirmation.ts';

/** The statements of the maintenance that both engines run. */

const openable = (condition: string, order: string) => `
  SELECT callbacks.sequence, id, coalesce(merchant, id) AS order_key, event, coalesce(state, 'missing') AS state,
    data_key, body_hash, CASE WHEN $withBodies = 1 THEN body END AS body
  FROM callbacks LEFT JOIN deliveries ON callback_sequence = callbacks.sequence AND route = $route
  WHERE body IS NOT NULL AND (verdict IN ('valid', 'drift')) IS TRUE AND event <> 'unknown' ${condition}
    AND ',' || $states || ',' LIKE '%,' || coalesce(state, 'missing') || ',%'
    -- A callback that is not confirmed yet, or is in the quarantine, goes to no other route.
    AND ($route = '${confirmRoute}' OR NOT EXISTS (
      SELECT 1 FROM deliveries AS stage
      WHERE stage.callback_sequence = callbacks.sequence AND stage.route = '${confirmRoute}' AND stage.state <> 'taken'))
    AND (CAST($merchant AS text) IS NULL OR merchant = $merchant)
    AND (CAST($event AS text) IS NULL OR event = $event)
    AND id > $after AND id < $until
  ORDER BY ${order}
  LIMIT $limit`;

/** Callbacks that can be delivered to a route: usable, with a body, by id. IS TRUE keeps SQLite from sorting them. */
export const redeliveries = openable('', 'id');

/** The redeliveries of one merchant, found by the merchant. */
export const redeliveriesOfMerchant = openable('AND merchant = $merchant', 'id');

/** The redeliveries of a range of sequences. */
export const redeliveriesIn = (range: string) => openable(`AND ${range}`, 'callbacks.sequence');

export const hasNoOpenDelivery = `NOT EXISTS (
    SELECT 1 FROM deliveries
    WHERE callback_sequence = callbacks.sequence AND state = 'open')`;

const bodies = (place: string, order: string) => `
  SELECT sequence, id, received_at, data_key, body_hash, body
  FROM callbacks
  WHERE ${place} AND body IS NOT NULL AND received_at < $before AND ${hasNoOpenDelivery}
  ORDER BY ${order}
  LIMIT $limit`;

export const bodiesBefore = bodies('received_at >= $since', 'received_at');

export const bodiesIn = (range: string) => bodies(range, 'sequence');

/** The next id after a given id, after `$count` ids were skipped. */
export const idBehind = `SELECT id FROM callbacks WHERE id > $after ORDER BY id LIMIT 1 OFFSET $count`;

/** @param more - Leaves callbacks out: a condition that begins with `AND`, or an empty text. */
export const callbacksBefore = (more = '') => `
  SELECT sequence FROM callbacks
  WHERE id > $after AND id < $until AND ${hasNoOpenDelivery} ${more}
  ORDER BY id
  LIMIT $limit`;

export const callbacksBeforeIn = (range: string) => `
  SELECT sequence FROM callbacks WHERE ${range} AND id < $until AND ${hasNoOpenDelivery} ORDER BY sequence LIMIT $limit`;

/** The sequence of the last of the next `$limit` rows; NULL if there is no next row. */
const lastOfNext = (source: string) => `
  SELECT max(sequence) AS sequence FROM (
    SELECT sequence FROM ${source} AND sequence > $after ORDER BY sequence LIMIT $limit) AS next`;

export const lastAuditEntry = lastOfNext('audit WHERE true');

export const dropAudit = `DELETE FROM audit WHERE sequence > $after AND sequence <= $upTo AND at < $before`;

export const lastOfMerchant = lastOfNext('callbacks WHERE merchant = $merchant');

/** @param range - The condition that the sequence is in a range. */
export const callbacksToErase = (range: string) => `
  SELECT sequence FROM callbacks
  WHERE merchant = $merchant AND ${range} AND (
    details IS NOT NULL OR body IS NOT NULL OR masked IS NOT NULL
    -- A repeat may have arrived after an earlier erasure.
    OR EXISTS (
      SELECT 1 FROM receipts
      WHERE callback_sequence = callbacks.sequence AND sender IS NOT NULL))
  LIMIT $limit`;

export const addAudit = `INSERT INTO audit (at, actor, action, details) VALUES ($at, $actor, $action, $details)`;

export const auditTrail = `SELECT at, actor, action, details FROM audit ORDER BY sequence DESC LIMIT $limit`;

export const lastPurgeAt = `SELECT at FROM audit WHERE action = 'purge' ORDER BY sequence DESC LIMIT 1`;

export const oldestId = `SELECT id FROM callbacks ORDER BY id LIMIT 1`;

export const newestIdBefore = `SELECT id FROM callbacks WHERE id < $before ORDER BY id DESC LIMIT 1`;

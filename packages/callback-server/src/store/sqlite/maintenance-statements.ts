import { callbackColumns } from './statements.ts';

/** The statements by which the SQLite engine looks after what is kept. */

export const page: string = `
  SELECT ${callbackColumns}, body FROM callbacks WHERE sequence > $after ORDER BY sequence LIMIT $limit`;

export const differingBodies: string = `
  SELECT sequence, id, data_key, body_hash, differing_body AS body
  FROM receipts
  WHERE sequence > $after AND differing_body IS NOT NULL
  ORDER BY sequence
  LIMIT $limit`;

const isHandedOn = `NOT EXISTS (
    SELECT 1 FROM deliveries
    WHERE callback_sequence = callbacks.sequence AND state IN ('due', 'claimed'))`;

export const bodiesBefore: string = `
  SELECT sequence, id, data_key, body
  FROM callbacks
  WHERE body IS NOT NULL AND received_at < $before AND ${isHandedOn}
  ORDER BY received_at
  LIMIT $limit`;

export const mask: string = `UPDATE callbacks SET body = NULL, masked = $masked WHERE sequence = $sequence`;

export const dropDifferingBodies: string = `
  UPDATE receipts SET differing_body = NULL
  WHERE sequence IN (
    SELECT sequence FROM receipts WHERE differing_body IS NOT NULL AND received_at < $before LIMIT $limit)`;

/** An id begins with its time. */
export const callbacksBefore: string = `
  SELECT sequence FROM callbacks WHERE id < $before AND ${isHandedOn} ORDER BY id LIMIT $limit`;

export const dropAttempts: string = `
  DELETE FROM attempts
  WHERE delivery_sequence IN (SELECT sequence FROM deliveries WHERE callback_sequence = $sequence)`;

export const dropDeliveries: string = `DELETE FROM deliveries WHERE callback_sequence = $sequence`;

export const dropReceipts: string = `DELETE FROM receipts WHERE callback_sequence = $sequence`;

export const dropCallback: string = `DELETE FROM callbacks WHERE sequence = $sequence`;

export const dropAudit: string = `
  DELETE FROM audit WHERE sequence IN (SELECT sequence FROM audit WHERE at < $before ORDER BY sequence LIMIT $limit)`;

export const callbacksToErase: string = `
  SELECT sequence FROM callbacks
  WHERE merchant = $merchant AND (
    details IS NOT NULL OR body IS NOT NULL OR masked IS NOT NULL
    -- It may have come again after an erasure.
    OR EXISTS (
      SELECT 1 FROM receipts
      WHERE callback_sequence = callbacks.sequence AND (sender IS NOT NULL OR differing_body IS NOT NULL)))
  LIMIT $limit`;

export const eraseCallback: string = `
  UPDATE callbacks SET details = NULL, body = NULL, masked = NULL WHERE sequence = $sequence`;

export const eraseReceipts: string = `
  UPDATE receipts SET sender = NULL, differing_body = NULL
  WHERE callback_sequence = $sequence AND (sender IS NOT NULL OR differing_body IS NOT NULL)`;

export const giveUpDeliveries: string = `
  UPDATE deliveries SET state = 'dead', claim = NULL, holder = NULL
  WHERE callback_sequence = $sequence AND state IN ('due', 'claimed')`;

export const addAudit: string = `
  INSERT INTO audit (at, actor, action, details) VALUES ($at, $actor, $action, $details)`;

export const auditTrail: string = `SELECT at, actor, action, details FROM audit ORDER BY sequence DESC LIMIT $limit`;

export const check: string = `PRAGMA integrity_check(100)`;

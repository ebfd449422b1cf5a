import { wholeColumns } from './statements.ts';

/** The statements by which the PostgreSQL engine looks after what is kept. Those that change tell how many rows. */

export const page: string = `
  SELECT ${wholeColumns} FROM callbacks WHERE sequence > $1 ORDER BY sequence LIMIT $2`;

export const differingBodies: string = `
  SELECT sequence, id, data_key, body_hash, differing_body AS body
  FROM receipts
  WHERE sequence > $1 AND differing_body IS NOT NULL
  ORDER BY sequence
  LIMIT $2`;

const isHandedOn = `NOT EXISTS (
    SELECT 1 FROM deliveries
    WHERE callback_sequence = callbacks.sequence AND state IN ('due', 'claimed'))`;

export const bodiesBefore: string = `
  SELECT sequence, id, data_key, body
  FROM callbacks
  WHERE body IS NOT NULL AND received_at < $1 AND ${isHandedOn}
  ORDER BY received_at
  LIMIT $2`;

export const mask: string = `
  UPDATE callbacks SET body = NULL, masked = given.masked
  FROM unnest($1::bigint[], $2::bytea[]) AS given (sequence, masked)
  WHERE callbacks.sequence = given.sequence`;

export const dropDifferingBodies: string = `
  WITH emptied AS (
    UPDATE receipts SET differing_body = NULL
    WHERE sequence IN (
      SELECT sequence FROM receipts WHERE differing_body IS NOT NULL AND received_at < $1 LIMIT $2)
    RETURNING 1
  )
  SELECT count(*) FROM emptied`;

/** An id begins with its time. */
export const callbacksBefore: string = `
  SELECT sequence FROM callbacks WHERE id < $1 AND ${isHandedOn} ORDER BY id LIMIT $2`;

/** Each looks at the database as it was before, so what refers to a row goes in a statement before it. */
export const dropWhatRefers: string = `
  WITH gone AS (DELETE FROM receipts WHERE callback_sequence = ANY ($1::bigint[]))
  DELETE FROM attempts
  WHERE delivery_sequence IN (SELECT sequence FROM deliveries WHERE callback_sequence = ANY ($1::bigint[]))`;

export const dropDeliveries: string = `DELETE FROM deliveries WHERE callback_sequence = ANY ($1::bigint[])`;

export const dropCallbacks: string = `DELETE FROM callbacks WHERE sequence = ANY ($1::bigint[])`;

export const dropAudit: string = `
  WITH dropped AS (
    DELETE FROM audit WHERE sequence IN (SELECT sequence FROM audit WHERE at < $1 ORDER BY sequence LIMIT $2)
    RETURNING 1
  )
  SELECT count(*) FROM dropped`;

export const eraseCallbacks: string = `
  WITH erased AS (
    UPDATE callbacks SET details = NULL, body = NULL, masked = NULL
    WHERE sequence IN (
      SELECT sequence FROM callbacks
      WHERE merchant = $1 AND (
        details IS NOT NULL OR body IS NOT NULL OR masked IS NOT NULL
        -- It may have come again after an erasure.
        OR EXISTS (
          SELECT 1 FROM receipts
          WHERE callback_sequence = callbacks.sequence AND (sender IS NOT NULL OR differing_body IS NOT NULL)))
      LIMIT $2)
    RETURNING sequence
  ),
  given_up AS (
    UPDATE deliveries SET state = 'dead', claim = NULL, leased_until = NULL
    WHERE callback_sequence IN (SELECT sequence FROM erased) AND state IN ('due', 'claimed')
  ),
  emptied AS (
    UPDATE receipts SET sender = NULL, differing_body = NULL
    WHERE callback_sequence IN (SELECT sequence FROM erased)
      AND (sender IS NOT NULL OR differing_body IS NOT NULL)
  )
  SELECT count(*) FROM erased`;

export const addAudit: string = `INSERT INTO audit (at, actor, action, details) VALUES ($1, $2, $3, $4)`;

export const auditTrail: string = `SELECT at, actor, action, details FROM audit ORDER BY sequence DESC LIMIT $1`;

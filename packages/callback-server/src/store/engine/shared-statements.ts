/** SQL that both engines run unchanged. Parameters are named: `$name`. */

/** The oldest due delivery, unless an earlier one of the same merchant and route is open, or one is being tried. */
export const isHeadOfLine = `NOT EXISTS (
    SELECT 1 FROM deliveries AS other
    WHERE other.state IN ('due', 'claimed') AND other.route = due.route AND other.order_key = due.order_key
      AND (other.callback_sequence < due.callback_sequence
        OR other.state = 'claimed' AND other.sequence <> due.sequence))`;

export const nextDueAt = `
  SELECT due.next_at
  FROM deliveries AS due
  WHERE due.state = 'due' AND ${isHeadOfLine}
  ORDER BY due.next_at
  LIMIT 1`;

/** @param deliveries - The table whose retried deliveries are counted, with an index if the engine needs one. */
export const statsFrom = (deliveries: string) => `
  SELECT
    (SELECT received_at FROM callbacks WHERE sequence = (
      SELECT callback_sequence FROM deliveries
      WHERE state IN ('due', 'claimed') ORDER BY callback_sequence LIMIT 1)) AS oldest_undelivered_at,
    (SELECT received_at FROM receipts ORDER BY sequence DESC LIMIT 1) AS last_received_at,
    (SELECT count(*) FROM ${deliveries} WHERE state = 'due' AND attempts > 0) AS blocked_keys,
    (SELECT count(*) FROM deliveries WHERE state = 'dead') AS dead_letters`;

export const listDrift = `SELECT * FROM drift ORDER BY count DESC, last_at DESC`;

export const probe = `
  INSERT INTO probe (id, written_at) VALUES (1, $now)
  ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at`;

// Keys. SQLite finds the tables in the attached file of the keys.

export const masterKeyChecks = `SELECT id, sealed AS check_value FROM master_keys`;

export const addMasterKeyCheck = `
  INSERT INTO master_keys (id, sealed) VALUES ($id, $checkValue) ON CONFLICT (id) DO NOTHING`;

/** From now on no data key is added under these master keys. */
export const retireMasterKeys = `DELETE FROM master_keys WHERE id <> $current`;

/** Finds each master key by one step in the index, however many data keys it wraps. */
export const masterKeysInUse = `
  WITH RECURSIVE used (id) AS (
    SELECT (SELECT min(master_key) FROM data_keys)
    UNION ALL
    SELECT (SELECT min(master_key) FROM data_keys WHERE master_key > used.id) FROM used WHERE used.id IS NOT NULL)
  SELECT id FROM used WHERE id IS NOT NULL`;

export const dataKey = `SELECT id, master_key, wrapped FROM data_keys WHERE id = $id`;

export const dataKeyOf = `SELECT id, master_key, wrapped FROM data_keys WHERE owner = $owner`;

export const dropDataKey = `DELETE FROM data_keys WHERE owner = $owner`;

export const dataKeysToRewrap = `
  SELECT id, master_key, wrapped FROM data_keys
  WHERE master_key <> $current AND id > $after
  ORDER BY id
  LIMIT $limit`;

export const encryptedUnder = `SELECT own_key FROM sealing`;

export const setEncryptedUnder = `
  INSERT INTO sealing (id, own_key) VALUES (1, $storeKey) ON CONFLICT (id) DO NOTHING`;

export const anyCallback = `SELECT id FROM callbacks LIMIT 1`;

// Maintenance.

export const differingBodies = `
  SELECT sequence, id, data_key, body_hash, differing_body AS body
  FROM receipts
  WHERE sequence > $after AND differing_body IS NOT NULL
  ORDER BY sequence
  LIMIT $limit`;

const hasNoOpenDelivery = `NOT EXISTS (
    SELECT 1 FROM deliveries
    WHERE callback_sequence = callbacks.sequence AND state IN ('due', 'claimed'))`;

export const bodiesBefore = `
  SELECT sequence, id, data_key, body
  FROM callbacks
  WHERE body IS NOT NULL AND received_at < $before AND ${hasNoOpenDelivery}
  ORDER BY received_at
  LIMIT $limit`;

export const dropDifferingBodies = `
  UPDATE receipts SET differing_body = NULL
  WHERE sequence IN (
    SELECT sequence FROM receipts WHERE differing_body IS NOT NULL AND received_at < $before LIMIT $limit)`;

/** An id begins with its time, so ids can be compared with `firstIdOf` a time. */
export const callbacksBefore = `
  SELECT sequence FROM callbacks WHERE id < $before AND ${hasNoOpenDelivery} ORDER BY id LIMIT $limit`;

export const dropAudit = `
  DELETE FROM audit WHERE sequence IN (SELECT sequence FROM audit WHERE at < $before ORDER BY sequence LIMIT $limit)`;

export const callbacksToErase = `
  SELECT sequence FROM callbacks
  WHERE merchant = $merchant AND (
    details IS NOT NULL OR body IS NOT NULL OR masked IS NOT NULL
    -- A repeat may have arrived after an earlier erasure.
    OR EXISTS (
      SELECT 1 FROM receipts
      WHERE callback_sequence = callbacks.sequence AND (sender IS NOT NULL OR differing_body IS NOT NULL)))
  LIMIT $limit`;

export const addAudit = `INSERT INTO audit (at, actor, action, details) VALUES ($at, $actor, $action, $details)`;

export const auditTrail = `SELECT at, actor, action, details FROM audit ORDER BY sequence DESC LIMIT $limit`;

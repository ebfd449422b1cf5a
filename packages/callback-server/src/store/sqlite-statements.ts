/** The statements of the SQLite store, in the order in which a callback meets them. */

export const keepCallback = `
  INSERT INTO callbacks (id, dedup_key, event, merchant_id, status, verdict, violations, body, body_sha256, received_at)
  VALUES ($id, $dedupKey, $event, $merchantId, $status, $verdict, $violations, $body, $bodySha256, $receivedAt)
  ON CONFLICT (dedup_key) DO UPDATE SET seen_count = seen_count + 1
  RETURNING sequence, id, seen_count, body_sha256`;

export const keepReceipt = `
  INSERT INTO receipts (callback_sequence, received_at, body_sha256, body_bytes, differing_body)
  VALUES ($callback, $receivedAt, $bodySha256, $bytes, $differing)`;

export const addDelivery = `
  INSERT INTO deliveries (callback_sequence, route, order_key, state, next_at)
  VALUES ($callback, $route, $orderKey, 'due', $nextAt)`;

export const claimedDeliveries = `
  SELECT sequence, callback_sequence, route, attempts, claim FROM deliveries WHERE state = 'claimed'`;

/** The oldest that is due, unless an older one of the same merchant is still open on that route. */
export const claimDelivery = `
  UPDATE deliveries
  SET state = 'claimed', claim = $token, attempts = attempts + 1
  WHERE sequence = (
    SELECT due.sequence
    FROM deliveries AS due
    WHERE due.state = 'due' AND due.next_at <= $now
      AND NOT EXISTS (
        SELECT 1 FROM deliveries AS earlier
        WHERE earlier.state IN ('due', 'claimed') AND earlier.route = due.route
          AND earlier.order_key = due.order_key AND earlier.sequence < due.sequence)
    ORDER BY due.next_at, due.sequence
    LIMIT 1)
  RETURNING sequence, callback_sequence, route, attempts`;

export const getClaimed = `SELECT id, event, verdict, received_at, body FROM callbacks WHERE sequence = $callback`;

export const startAttempt = `INSERT INTO attempts (delivery_sequence, started_at) VALUES ($delivery, $now)`;

export const settleDelivery = `
  UPDATE deliveries
  SET state = $state, next_at = $nextAt, claim = NULL
  WHERE sequence = $delivery AND state = 'claimed' AND claim = $token`;

export const endAttempt = `
  UPDATE attempts
  SET ended_at = $now, outcome = $outcome
  WHERE sequence = (SELECT max(sequence) FROM attempts WHERE delivery_sequence = $delivery)`;

/** Of those that no older one of their merchant holds up: the others wait for that one. */
export const nextDueAt = `
  SELECT min(due.next_at) AS next_at
  FROM deliveries AS due
  WHERE due.state = 'due'
    AND NOT EXISTS (
      SELECT 1 FROM deliveries AS earlier
      WHERE earlier.state IN ('due', 'claimed') AND earlier.route = due.route
        AND earlier.order_key = due.order_key AND earlier.sequence < due.sequence)`;

export const listCallbacks = `
  SELECT sequence, id, event, merchant_id, status, verdict, violations, body_sha256, received_at, seen_count
  FROM callbacks
  WHERE ($merchantId IS NULL OR merchant_id = $merchantId) AND ($event IS NULL OR event = $event)
  ORDER BY sequence DESC
  LIMIT $limit`;

export const getCallback = `SELECT * FROM callbacks WHERE id = $id`;

export const deliveriesOf = `SELECT * FROM deliveries WHERE callback_sequence = $callback ORDER BY sequence`;

export const attemptsOf = `SELECT * FROM attempts WHERE delivery_sequence = $delivery ORDER BY sequence`;

export const probe = `
  INSERT INTO probe (only, written_at) VALUES (1, $now)
  ON CONFLICT (only) DO UPDATE SET written_at = excluded.written_at`;

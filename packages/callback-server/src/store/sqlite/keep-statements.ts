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

/** The line's `next_at` stays, because the line may wait for an earlier callback, even for a failed callback. */
export const extendLine = `
  INSERT INTO lines (route, order_key, open, head, next_at) VALUES ($route, $orderKey, 1, $callback, $now)
  ON CONFLICT (route, order_key) DO UPDATE SET open = open + 1, head = min(head, excluded.head)`;

/**
 * If a condition holds, the line is due, and its next delivery has all attempts. A running attempt that fails does not
 * defer the line, because the attempt finds its count reset to 0.
 *
 * @param isDue - Whether the line is due even if the condition does not hold.
 */
const restartLine = (condition: string, isDue: boolean) => `,
    attempts = iif(${condition}, 0, attempts), deferred_at = iif(${condition}, NULL, deferred_at),
    next_at = iif(${isDue} OR ${condition}, excluded.next_at, next_at)`;

/** Extends a line by a delivery that opens again. Such a delivery does not wait for a younger delivery of its line. */
export const extendRestartedLine = `${extendLine}${restartLine('(claim IS NULL OR excluded.head < claimed)', false)}`;

/**
 * Extends a line at the end of a confirmation. A callback that an operator has released does not wait for a younger one.
 *
 * @param isDue - Whether the line becomes due, because the delivery that it waits for may be overtaken.
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

/** Adds nothing if the callback already has a delivery to the route. */
export const addMissingDelivery = `${addDelivery} ON CONFLICT DO NOTHING`;

export const keepConfirmation = `
  INSERT INTO confirmations (callback_sequence, state, at, pulled) VALUES ($callback, $confirmation, $now, $pulled)
  ON CONFLICT (callback_sequence) DO UPDATE
  SET state = excluded.state, at = excluded.at, pulled = coalesce(excluded.pulled, pulled)`;

import { callbacksToErase, isHeadOfLine, statsFrom } from '../engine/shared-statements.ts';

/** The statements of the PostgreSQL engine, in the order in which a callback meets them. */

/**
 * Stores a batch. Each callback takes its sequence in the order of arrival. Rows are then locked in the order of their
 * hash, so that two replicas that store the same callbacks do not deadlock.
 */
export const keepCallbacks = `
  -- Waits for a key that is being erased, and then leaves out the callbacks that it encrypts.
  WITH live_keys AS MATERIALIZED (
    SELECT id FROM data_keys WHERE id = ANY ($dataKeys::text[]) FOR KEY SHARE
  ),
  incoming AS MATERIALIZED (
    SELECT nextval('callback_sequence') AS sequence, given.*
    FROM unnest(
      $ids::text[], $dedupHashes::bytea[], $events::text[], $merchants::text[], $verdicts::text[],
      $receivedAt::timestamptz[], $bodyBytes::integer[], $bodyHashes::bytea[], $dataKeys::text[], $details::bytea[],
      $bodies::bytea[], $senders::bytea[], $orderKeys::text[], $routes::text[]
    ) WITH ORDINALITY AS given (
      id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash,
      data_key, details, body, sender, order_key, routes, position)
    -- Plaintext is left out once the database is encrypted, by another replica.
    WHERE data_key IS NULL AND NOT EXISTS (SELECT FROM sealing)
      OR data_key IN (SELECT live_keys.id FROM live_keys)
  ),
  -- The first of the repeats within the batch.
  firsts AS (
    SELECT DISTINCT ON (dedup_hash) *, count(*) OVER (PARTITION BY dedup_hash) AS times
    FROM incoming
    ORDER BY dedup_hash, position
  ),
  kept AS (
    INSERT INTO callbacks AS known (
      sequence, id, dedup_hash, event, merchant, verdict, received_at, seen_count, body_bytes, body_hash, data_key,
      details, body)
    SELECT
      sequence, id, dedup_hash, event, merchant, verdict, received_at, times, body_bytes, body_hash, data_key,
      details, body
    FROM firsts
    ORDER BY dedup_hash
    ON CONFLICT (dedup_hash) DO UPDATE SET seen_count = known.seen_count + excluded.seen_count
    RETURNING sequence, id, dedup_hash, body_hash
  ),
  receipted AS (
    INSERT INTO receipts (id, callback_sequence, received_at, body_hash, body_bytes, data_key, differing_body, sender)
    SELECT incoming.id, kept.sequence, received_at, incoming.body_hash, body_bytes, data_key,
      CASE WHEN incoming.body_hash <> kept.body_hash THEN body END, sender
    FROM incoming JOIN kept USING (dedup_hash)
    ORDER BY position
  ),
  delivered AS (
    INSERT INTO deliveries (callback_sequence, route, order_key, state, next_at)
    SELECT sequence, route, order_key, 'due', greatest(received_at, (
      -- Falls due together with a deferred delivery of the same merchant, so that no claim has to skip it until then.
      SELECT next_at FROM deliveries AS earlier
      WHERE earlier.state = 'due' AND earlier.route = routed.route AND earlier.order_key = incoming.order_key
      ORDER BY callback_sequence
      LIMIT 1))
    FROM incoming JOIN kept USING (sequence, id),
      unnest(string_to_array(nullif(routes, ''), ',')) WITH ORDINALITY AS routed (route, place)
    ORDER BY position, place
  ),
  -- After 1000 kinds of drift only known kinds are counted: the list is for a person to read.
  counted_drift AS (
    INSERT INTO drift AS known (hash, event, details, since, last_at, count, example_id)
    SELECT hash, min(given.event), (array_agg(given.details))[1], min(received_at), max(received_at),
      count(*), (array_agg(id ORDER BY position DESC))[1]
    FROM unnest($driftPositions::integer[], $driftHashes::bytea[], $driftEvents::text[], $driftDetails::bytea[])
        AS given (position, hash, event, details)
      JOIN incoming USING (position) JOIN kept USING (sequence, id)
    WHERE (SELECT count(*) FROM drift) < 1000 OR hash IN (SELECT hash FROM drift)
    GROUP BY hash
    ORDER BY hash
    ON CONFLICT (hash) DO UPDATE
    SET count = known.count + excluded.count, last_at = excluded.last_at, example_id = excluded.example_id
  )
  SELECT position, kept.id, kept.id = incoming.id AS is_new
  FROM incoming JOIN kept USING (dedup_hash)`;

const withCallback = (deliveries: string) => `
  SELECT ${deliveries}.sequence AS delivery, claim AS token, route, attempts AS attempt,
    callbacks.id, event, verdict, received_at, data_key, body
  FROM ${deliveries} JOIN callbacks ON callbacks.sequence = ${deliveries}.callback_sequence`;

export const claimDelivery = `
  WITH next AS (
    SELECT due.sequence
    FROM deliveries AS due
    WHERE due.state = 'due' AND due.next_at <= $now AND ${isHeadOfLine}
    ORDER BY due.next_at, due.callback_sequence
    LIMIT 1
    FOR UPDATE SKIP LOCKED
  ),
  claimed AS (
    UPDATE deliveries
    SET state = 'claimed', claim = $token, attempts = attempts + 1,
      leased_until = clock_timestamp() + $leaseMs * interval '1 millisecond'
    FROM next
    WHERE deliveries.sequence = next.sequence
    RETURNING deliveries.sequence, callback_sequence, claim, route, attempts
  ),
  started AS (
    INSERT INTO attempts (delivery_sequence, started_at) SELECT sequence, $now FROM claimed
  )
  ${withCallback('claimed')}`;

export const reclaimDeliveries = `
  WITH expired AS (
    SELECT sequence FROM deliveries
    WHERE state = 'claimed' AND leased_until <= clock_timestamp()
    FOR UPDATE SKIP LOCKED
  ),
  reclaimed AS (
    UPDATE deliveries
    SET claim = $token, leased_until = clock_timestamp() + $leaseMs * interval '1 millisecond'
    FROM expired
    WHERE deliveries.sequence = expired.sequence
    RETURNING deliveries.sequence, callback_sequence, claim, route, attempts
  )
  ${withCallback('reclaimed')}`;

export const settleDelivery = `
  WITH settled AS (
    UPDATE deliveries
    SET state = $state, next_at = $nextAt, claim = NULL, leased_until = NULL
    WHERE sequence = $delivery AND state = 'claimed' AND claim = $token
    RETURNING sequence, route, order_key
  ),
  -- After a failure, the merchant's other deliveries fall due together with the failed one, and no later.
  deferred AS (
    UPDATE deliveries SET next_at = $nextAt
    FROM settled
    WHERE $state = 'due' AND deliveries.state = 'due' AND deliveries.next_at < $nextAt
      AND deliveries.route = settled.route AND deliveries.order_key = settled.order_key
      AND deliveries.sequence <> settled.sequence
  )
  UPDATE attempts
  SET ended_at = $now, outcome = $outcome
  WHERE sequence = (
    SELECT max(attempts.sequence) FROM attempts JOIN settled ON delivery_sequence = settled.sequence)`;

const attemptsOfDelivery = `(
  SELECT coalesce(json_agg(json_build_object(
    'started_at', started_at, 'ended_at', ended_at, 'outcome', outcome) ORDER BY attempts.sequence), '[]')
  FROM attempts WHERE delivery_sequence = deliveries.sequence)`;

const deliveriesOfCallback = `(
  SELECT coalesce(json_agg(json_build_object(
    'route', route, 'state', state, 'next_at', next_at, 'attempts', ${attemptsOfDelivery})
    ORDER BY deliveries.sequence), '[]')
  FROM deliveries WHERE callback_sequence = callbacks.sequence)`;

const callbackColumns = `sequence, id, event, verdict, received_at, seen_count, body_bytes, data_key, details,
  body IS NOT NULL AS has_body, masked, ${deliveriesOfCallback} AS deliveries`;

/** Newest first. Unnamed, so that it is planned for the given filter each time, and each condition finds its index. */
export const listCallbacks = `
  SELECT ${callbackColumns}
  FROM callbacks
  WHERE ($merchant::text IS NULL OR merchant = $merchant)
    AND ($event::text IS NULL OR event = $event)
    AND ($verdict::text IS NULL OR verdict = $verdict)
    AND ($before::text IS NULL OR sequence < (SELECT sequence FROM callbacks WHERE id = $before))
  ORDER BY sequence DESC
  LIMIT $limit`;

/** JSON has no bytes, so the senders are in base64. */
const receiptsOfCallback = `(
  SELECT coalesce(json_agg(json_build_object(
    'id', id, 'received_at', received_at, 'data_key', data_key, 'sender', encode(sender, 'base64'))
    ORDER BY sequence), '[]')
  FROM (
    SELECT sequence, id, received_at, data_key, sender
    FROM receipts
    WHERE callback_sequence = callbacks.sequence
    ORDER BY sequence
    LIMIT 100
  ) AS earliest)`;

const wholeColumns = `${callbackColumns}, body, ${receiptsOfCallback} AS receipts`;

export const getCallback = `SELECT ${wholeColumns} FROM callbacks WHERE id = $id`;

export const stats = statsFrom('deliveries');

// Keys.

export const replaceDataKeys = `
  UPDATE data_keys SET master_key = given.master_key, wrapped = given.wrapped
  FROM unnest($ids::text[], $masterKeys::text[], $wrapped::bytea[]) AS given (id, master_key, wrapped)
  WHERE data_keys.id = given.id`;

// Maintenance.

export const page = `
  SELECT ${wholeColumns} FROM callbacks WHERE sequence > $after ORDER BY sequence LIMIT $limit`;

export const mask = `
  UPDATE callbacks SET body = NULL, masked = given.masked
  FROM unnest($sequences::bigint[], $masked::bytea[]) AS given (sequence, masked)
  WHERE callbacks.sequence = given.sequence`;

/** The parts of one statement see the same snapshot, so rows that refer to others are dropped in an earlier statement. */
export const dropReferences = `
  WITH dropped_receipts AS (DELETE FROM receipts WHERE callback_sequence = ANY ($sequences::bigint[]))
  DELETE FROM attempts
  WHERE delivery_sequence IN (
    SELECT sequence FROM deliveries WHERE callback_sequence = ANY ($sequences::bigint[]))`;

export const dropDeliveries = `DELETE FROM deliveries WHERE callback_sequence = ANY ($sequences::bigint[])`;

export const dropCallbacks = `DELETE FROM callbacks WHERE sequence = ANY ($sequences::bigint[])`;

export const eraseCallbacks = `
  WITH erased AS (
    UPDATE callbacks SET details = NULL, body = NULL, masked = NULL
    WHERE sequence IN (${callbacksToErase})
    RETURNING sequence
  ),
  given_up AS (
    UPDATE deliveries SET state = 'dead', claim = NULL, leased_until = NULL
    WHERE callback_sequence IN (SELECT sequence FROM erased) AND state IN ('due', 'claimed')
  ),
  erased_receipts AS (
    UPDATE receipts SET sender = NULL, differing_body = NULL
    WHERE callback_sequence IN (SELECT sequence FROM erased)
      AND (sender IS NOT NULL OR differing_body IS NOT NULL)
  )
  SELECT count(*) FROM erased`;

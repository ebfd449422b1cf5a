/** The statements of the PostgreSQL engine, in the order in which a callback meets them. */

/**
 * Keeps a batch. A number is taken for each in the order of arrival; rows are then locked in the order of their hash, so
 * that two replicas that keep the same callbacks do not wait for each other in a circle.
 */
export const keepCallbacks: string = `
  -- A key that is being erased is waited for, and what was sealed by it is then left out.
  WITH live_keys AS MATERIALIZED (
    SELECT id FROM data_keys WHERE id = ANY ($9::text[]) FOR KEY SHARE
  ),
  incoming AS MATERIALIZED (
    SELECT nextval('callback_sequence') AS sequence, given.*
    FROM unnest(
      $1::text[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::integer[], $8::bytea[],
      $9::text[], $10::bytea[], $11::bytea[], $12::bytea[], $13::text[], $14::text[]
    ) WITH ORDINALITY AS given (
      id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash,
      data_key, details, body, sender, order_key, routes, position)
    WHERE data_key IS NULL OR data_key IN (SELECT live_keys.id FROM live_keys)
  ),
  -- Of what repeats itself within the batch, the first.
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
      -- Falls due with the one of its merchant that is held up, so that no claim has to look past it until then.
      SELECT next_at FROM deliveries AS earlier
      WHERE earlier.state = 'due' AND earlier.route = routed.route AND earlier.order_key = incoming.order_key
      ORDER BY callback_sequence
      LIMIT 1))
    FROM incoming JOIN kept USING (sequence, id),
      unnest(string_to_array(nullif(routes, ''), ',')) WITH ORDINALITY AS routed (route, place)
    ORDER BY position, place
  ),
  -- What departs in ever new ways is counted only where it did so before: the list is for a person to read.
  departed AS (
    INSERT INTO drift AS known (hash, event, details, since, last_at, count, example_id)
    SELECT hash, min(departure.event), (array_agg(departure.details))[1], min(received_at), max(received_at),
      count(*), (array_agg(id ORDER BY position DESC))[1]
    FROM unnest($15::integer[], $16::bytea[], $17::text[], $18::bytea[])
        AS departure (position, hash, event, details)
      JOIN incoming USING (position) JOIN kept USING (sequence, id)
    WHERE (SELECT count(*) FROM drift) < 1000 OR hash IN (SELECT hash FROM drift)
    GROUP BY hash
    ORDER BY hash
    ON CONFLICT (hash) DO UPDATE
    SET count = known.count + excluded.count, last_at = excluded.last_at, example_id = excluded.example_id
  )
  SELECT position, kept.id, kept.id = incoming.id AS is_new
  FROM incoming JOIN kept USING (dedup_hash)`;

/** The oldest that is due, unless another of the same merchant comes first or is being tried on that route. */
const isHeadOfLine = `NOT EXISTS (
    SELECT 1 FROM deliveries AS other
    WHERE other.state IN ('due', 'claimed') AND other.route = due.route AND other.order_key = due.order_key
      AND (other.callback_sequence < due.callback_sequence
        OR other.state = 'claimed' AND other.sequence <> due.sequence))`;

const withCallback = (deliveries: string) => `
  SELECT ${deliveries}.sequence AS delivery, route, attempts, callbacks.id, event, verdict, received_at, data_key, body
  FROM ${deliveries} JOIN callbacks ON callbacks.sequence = ${deliveries}.callback_sequence`;

export const claimDelivery: string = `
  WITH next AS (
    SELECT due.sequence
    FROM deliveries AS due
    WHERE due.state = 'due' AND due.next_at <= $1 AND ${isHeadOfLine}
    ORDER BY due.next_at, due.callback_sequence
    LIMIT 1
    FOR UPDATE SKIP LOCKED
  ),
  claimed AS (
    UPDATE deliveries
    SET state = 'claimed', claim = $2, attempts = attempts + 1,
      leased_until = clock_timestamp() + $3 * interval '1 millisecond'
    FROM next
    WHERE deliveries.sequence = next.sequence
    RETURNING deliveries.sequence, callback_sequence, route, attempts
  ),
  started AS (
    INSERT INTO attempts (delivery_sequence, started_at) SELECT sequence, $1 FROM claimed
  )
  ${withCallback('claimed')}`;

export const reclaimExpiredDeliveries: string = `
  WITH lost AS (
    SELECT sequence FROM deliveries
    WHERE state = 'claimed' AND leased_until <= clock_timestamp()
    FOR UPDATE SKIP LOCKED
  ),
  taken_over AS (
    UPDATE deliveries
    SET claim = $1, leased_until = clock_timestamp() + $2 * interval '1 millisecond'
    FROM lost
    WHERE deliveries.sequence = lost.sequence
    RETURNING deliveries.sequence, callback_sequence, route, attempts
  )
  ${withCallback('taken_over')}`;

export const settleDelivery: string = `
  WITH settled AS (
    UPDATE deliveries
    SET state = $3, next_at = $4, claim = NULL, leased_until = NULL
    WHERE sequence = $1 AND state = 'claimed' AND claim = $2
    RETURNING sequence, route, order_key
  ),
  -- The others of a merchant fall due with the one that has failed, and wait no longer than it does.
  held_up AS (
    UPDATE deliveries SET next_at = $4
    FROM settled
    WHERE $3 = 'due' AND deliveries.state = 'due' AND deliveries.next_at < $4
      AND deliveries.route = settled.route AND deliveries.order_key = settled.order_key
      AND deliveries.sequence <> settled.sequence
  )
  UPDATE attempts
  SET ended_at = $5, outcome = $6
  WHERE sequence = (
    SELECT max(attempts.sequence) FROM attempts JOIN settled ON delivery_sequence = settled.sequence)`;

export const nextDueAt: string = `
  SELECT due.next_at
  FROM deliveries AS due
  WHERE due.state = 'due' AND ${isHeadOfLine}
  ORDER BY due.next_at
  LIMIT 1`;

const attemptsOfDelivery = `(
  SELECT coalesce(json_agg(json_build_object(
    'startedAt', started_at, 'endedAt', ended_at, 'outcome', outcome) ORDER BY attempts.sequence), '[]')
  FROM attempts WHERE delivery_sequence = deliveries.sequence)`;

const deliveriesOfCallback = `(
  SELECT coalesce(json_agg(json_build_object(
    'route', route, 'state', state, 'nextAt', next_at, 'attempts', ${attemptsOfDelivery})
    ORDER BY deliveries.sequence), '[]')
  FROM deliveries WHERE callback_sequence = callbacks.sequence)`;

export const callbackColumns: string = `sequence, id, event, verdict, received_at, seen_count, body_bytes, data_key, details,
  body IS NOT NULL AS has_body, masked, ${deliveriesOfCallback} AS deliveries`;

/** The newest first. It is planned for what is asked each time, so that each state finds its index. */
export const listCallbacks: string = `
  SELECT ${callbackColumns}
  FROM callbacks
  WHERE ($1::text IS NULL OR merchant = $1)
    AND ($2::text IS NULL OR event = $2)
    AND ($3::text IS NULL OR verdict = $3)
    AND ($4::text IS NULL OR sequence < (SELECT sequence FROM callbacks WHERE id = $4))
  ORDER BY sequence DESC
  LIMIT $5`;

/** JSON has no bytes, so they are in base64. */
const receiptsOfCallback = `(
  SELECT coalesce(json_agg(json_build_object(
    'id', id, 'receivedAt', received_at, 'dataKey', data_key, 'sender', encode(sender, 'base64'))
    ORDER BY sequence), '[]')
  FROM (
    SELECT sequence, id, received_at, data_key, sender
    FROM receipts
    WHERE callback_sequence = callbacks.sequence
    ORDER BY sequence
    LIMIT 100
  ) AS earliest)`;

export const wholeColumns: string = `${callbackColumns}, body, ${receiptsOfCallback} AS receipts`;

export const getCallback: string = `SELECT ${wholeColumns} FROM callbacks WHERE id = $1`;

export const listDrift: string = `SELECT * FROM drift ORDER BY count DESC, last_at DESC`;

export const stats: string = `
  SELECT
    (SELECT received_at FROM callbacks WHERE sequence = (
      SELECT callback_sequence FROM deliveries
      WHERE state IN ('due', 'claimed') ORDER BY callback_sequence LIMIT 1)) AS oldest_undelivered_at,
    (SELECT received_at FROM receipts ORDER BY sequence DESC LIMIT 1) AS last_received_at,
    (SELECT count(*) FROM deliveries WHERE state = 'due' AND attempts > 0) AS blocked_keys,
    (SELECT count(*) FROM deliveries WHERE state = 'dead') AS dead_letters`;

export const probe: string = `
  INSERT INTO probe (id, written_at) VALUES (1, $1)
  ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at`;

import { confirmRoute } from '../../callback/confirmation.ts';
import { lineOrder } from './line-statements.ts';

/**
 * Stores a batch. Each callback takes its sequence in the order of arrival. Rows are then locked in the order of their
 * hash, so that two replicas that store the same callbacks do not deadlock.
 *
 * - `live_keys` waits for a key that is being erased. The callbacks that it encrypts are then left out, and so is plaintext
 *   once another replica has encrypted the database.
 * - `firsts` has the first of equal callbacks within the batch.
 * - `routed`: LIMIT keeps PostgreSQL from reading all lines at once.
 * - `extended`: the line's `next_at` stays, because the line may wait for an earlier callback, even for a failed callback.
 *   Lines are locked in their order.
 * - `counted_drift`: after 1000 kinds of drift only known kinds are counted, because a person reads the list.
 */
export const keepCallbacks = `
  WITH live_keys AS MATERIALIZED (
    SELECT id FROM data_keys WHERE id = ANY ($dataKeys::text[]) FOR KEY SHARE
  ),
  incoming AS MATERIALIZED (
    SELECT nextval('callback_sequence') AS sequence, given.*
    FROM unnest(
      $ids::text[], $dedupHashes::bytea[], $events::text[], $merchants::text[], $verdicts::text[],
      $receivedAt::timestamptz[], $bodyBytes::integer[], $bodyHashes::bytea[], $dataKeys::text[], $details::bytea[],
      $bodies::bytea[], $senders::bytea[], $orderKeys::text[], $routes::text[], $routeKeys::text[], $inOrder::boolean[],
      $caseReferences::bytea[]
    ) WITH ORDINALITY AS given (
      id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash,
      data_key, details, body, sender, order_key, routes, route_keys, in_order, case_reference,
      position)
    WHERE data_key IS NULL AND NOT EXISTS (SELECT FROM sealing)
      OR data_key IN (SELECT live_keys.id FROM live_keys)
  ),
  firsts AS (
    SELECT DISTINCT ON (dedup_hash) dedup_hash, sequence, id, count(*) OVER (PARTITION BY dedup_hash) AS times
    FROM incoming
    ORDER BY dedup_hash, position
  ),
  kept AS (
    INSERT INTO hashes AS known (dedup_hash, sequence, id, seen_count)
    SELECT dedup_hash, sequence, id, times
    FROM firsts
    ORDER BY dedup_hash
    ON CONFLICT (dedup_hash) DO UPDATE SET seen_count = known.seen_count + excluded.seen_count
    RETURNING sequence, id, dedup_hash
  ),
  added AS (
    INSERT INTO callbacks (
      sequence, id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash, data_key, details, body,
      case_reference)
    SELECT
      sequence, id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash, data_key, details, body,
      case_reference
    FROM incoming JOIN kept USING (sequence, id, dedup_hash)
  ),
  receipted AS (
    INSERT INTO receipts (id, callback_sequence, received_at, body_hash, body_bytes, data_key, sender)
    SELECT incoming.id, kept.sequence, received_at, body_hash, body_bytes, data_key, sender
    FROM incoming JOIN kept USING (dedup_hash)
    ORDER BY position
  ),
  routed AS MATERIALIZED (
    SELECT sequence, routed.route, routed.order_key
    FROM incoming JOIN kept USING (sequence, id), LATERAL (
      SELECT in_order AND routes <> '' AND (
        SELECT true FROM lines
        WHERE lines.route = '${confirmRoute}' AND lines.order_key = incoming.order_key LIMIT 1) IS TRUE AS is_behind
      OFFSET 0) AS way, unnest(
      CASE WHEN is_behind THEN ARRAY['${confirmRoute}'] ELSE string_to_array(nullif(routes, ''), ',') END,
      CASE WHEN is_behind THEN ARRAY[incoming.order_key] ELSE string_to_array(nullif(route_keys, ''), ',') END
    ) AS routed (route, order_key)
  ),
  delivered AS (
    INSERT INTO deliveries (callback_sequence, route, order_key, state)
    SELECT sequence, route, order_key, 'open' FROM routed
  ),
  extended AS (
    INSERT INTO lines AS known (route, order_key, open, head, next_at)
    SELECT route, order_key, count(*), min(sequence), statement_timestamp()
    FROM routed
    GROUP BY route, order_key
    ORDER BY ${lineOrder}
    ON CONFLICT (route, order_key) DO UPDATE
    SET open = known.open + excluded.open, head = least(known.head, excluded.head)
  ),
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

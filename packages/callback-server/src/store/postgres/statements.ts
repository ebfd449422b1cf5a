import { confirmRoute } from '../../callback/confirmation.ts';
import type { ListDialect } from '../engine/list-callbacks.ts';
import { block, type IndexPlace } from '../engine/list-sources.ts';
import * as shared from '../engine/shared-statements.ts';

/** The statements of the PostgreSQL engine, in the order in which a callback meets them. */

/**
 * The order in which lines are locked: those of the confirmation first, because the end of a confirmation extends lines of
 * other routes.
 */
export const lineOrder = `route <> '${confirmRoute}', route, order_key`;

/**
 * Stores a batch. Each callback takes its sequence in the order of arrival. Rows are then locked in the order of their
 * hash, so that two replicas that store the same callbacks do not deadlock.
 *
 * - `live_keys` waits for a key that is being erased. The callbacks that it encrypts are then left out, and so is plaintext
 *   once another replica has encrypted the database.
 * - `firsts` has the first of the repeats within the batch.
 * - `routed`: LIMIT keeps PostgreSQL from reading all lines at once.
 * - `extended`: a line may wait for an earlier callback, even for one that failed: its time stays. Lines are locked in their
 *   order.
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

const attemptsOfDelivery = `(
  SELECT coalesce(json_agg(json_build_object(
    'started_at', started_at, 'ended_at', ended_at, 'outcome', outcome) ORDER BY number), '[]')
  FROM attempts
  WHERE attempts.callback_sequence = deliveries.callback_sequence AND attempts.route = deliveries.route)`;

const deliveriesOfCallback = `(
  SELECT coalesce(json_agg(json_build_object(
    'route', deliveries.route, 'next_at', next_at, 'attempts', ${attemptsOfDelivery},
    'state', CASE WHEN state <> 'open' THEN state WHEN claim IS NOT NULL AND callback_sequence = claimed THEN 'claimed'
      ELSE 'due' END,
    'started_at', CASE WHEN callback_sequence = claimed THEN started_at END)
    ORDER BY deliveries.route), '[]')
  FROM deliveries
    LEFT JOIN lines ON state = 'open' AND lines.route = deliveries.route AND lines.order_key = deliveries.order_key
  WHERE callback_sequence = callbacks.sequence)`;

/** A purge that was interrupted has dropped the hashes of callbacks that it has not dropped yet. */
const seenCount = `coalesce(
    (SELECT seen_count FROM hashes
      WHERE hashes.dedup_hash = callbacks.dedup_hash AND hashes.sequence = callbacks.sequence),
    (SELECT count(*) FROM receipts WHERE callback_sequence = callbacks.sequence))`;

const callbackColumns = `sequence, id, event, verdict, received_at, ${seenCount} AS seen_count, body_bytes, data_key, details,
  body IS NOT NULL AS has_body, masked IS NOT NULL AS has_masked, ${shared.confirmationColumns},
  ${deliveriesOfCallback} AS deliveries`;

/** The blocks of a range that hold callbacks. Between two partitions are very many that hold none. */
const blocks = `(
      WITH RECURSIVE blocks (block) AS (
        SELECT (SELECT max(sequence) FROM callbacks WHERE sequence <= $upTo) / 1024
        UNION ALL
        SELECT (SELECT max(sequence) FROM callbacks WHERE sequence < block * 1024) / 1024
        FROM blocks WHERE block > CAST($after AS bigint) / 1024)
      SELECT block FROM blocks) AS blocks`;

/** The index has each word in each block, so the found sequences are sorted. The range keeps other partitions unread. */
const selectFromBlocks = (words: IndexPlace['words'], conditions: string) => `
    SELECT sequence FROM ${blocks} CROSS JOIN LATERAL (
      SELECT * FROM callbacks
      WHERE ${[`${block} = block`, ...words.map(({ column, parameter }) => `${column} = $${parameter}`)].join(' AND ')}
        AND sequence >= block * 1024 AND sequence < (block + 1) * 1024
      OFFSET 0) AS callbacks
    WHERE sequence > $after AND sequence <= $upTo ${conditions}
    ORDER BY sequence DESC
    LIMIT $limit`;

/**
 * How PostgreSQL lists callbacks. A comparison of rows finds its place in one index only, whatever PostgreSQL believes about
 * the words. `ANY` keeps it from reading the table beside the found sequences.
 */
export const listDialect: ListDialect = {
  columns: callbackColumns,
  select: ({ table, partial, isInBlocks, words }, _, conditions) => {
    if (isInBlocks) return selectFromBlocks(words, conditions);
    const sequence = table === 'callbacks' ? 'sequence' : 'callback_sequence';
    const columns = [...words.map(({ column }) => column), sequence];
    const placeOf = (end: string) =>
      `(${[...words.map(({ parameter }) => `$${parameter}`), end].join(', ')})`;
    return `
    SELECT ${sequence} AS sequence FROM ${table}
    WHERE ${partial ? `${partial} AND` : ''} (${columns.join(', ')}) > ${placeOf('$after')}
      AND (${columns.join(', ')}) <= ${placeOf('$upTo')} ${conditions}
    ORDER BY ${columns.map((column) => `${column} DESC`).join(', ')}
    LIMIT $limit`;
  },
  isAmong: (query) => `sequence = ANY (ARRAY(${query}))`,
  hour: `date_trunc('hour', received_at AT TIME ZONE 'UTC')`,
  hourOf: (parameter) => `date_trunc('hour', CAST(${parameter} AS timestamptz) AT TIME ZONE 'UTC')`,
};

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

const wholeColumns = `${callbackColumns}, body_hash, body, masked, ${shared.pulledColumn}, ${receiptsOfCallback} AS receipts`;

export const getCallback = `SELECT ${wholeColumns} FROM callbacks WHERE id = $id`;

// Keys.

export const replaceDataKeys = `
  UPDATE data_keys SET master_key = given.master_key, wrapped = given.wrapped
  FROM unnest($ids::text[], $masterKeys::text[], $wrapped::bytea[]) AS given (id, master_key, wrapped)
  WHERE data_keys.id = given.id`;

// Maintenance.

export const page = `
  SELECT ${wholeColumns} FROM callbacks
  WHERE sequence > $after AND sequence <= $upTo
  ORDER BY sequence LIMIT $limit`;

const inRange = 'sequence > $after AND sequence <= $upTo';

/** `$after` is an id here. */
export const redeliveriesIn = shared.redeliveriesIn(
  'callbacks.sequence > $from::bigint AND callbacks.sequence <= $upTo::bigint',
);

export const bodiesIn = shared.bodiesIn(inRange);

export const callbacksBeforeIn = shared.callbacksBeforeIn(inRange);

export const mask = `
  WITH dropped AS (UPDATE confirmations SET pulled = NULL WHERE callback_sequence = ANY ($sequences::bigint[]))
  UPDATE callbacks SET body = NULL, masked = given.masked
  FROM unnest($sequences::bigint[], $masked::bytea[]) AS given (sequence, masked)
  WHERE callbacks.sequence = given.sequence`;

/** Leaves the callbacks of partitions that a later purge drops as a whole. */
export const callbacksToDrop = shared.callbacksBefore(
  'AND (callbacks.sequence < $leftFrom OR callbacks.sequence >= $leftUpTo)',
);

const hashesOfCallbacks = `
  callbacks.sequence = ANY ($sequences::bigint[]) AND hashes.dedup_hash = callbacks.dedup_hash
  AND hashes.sequence = callbacks.sequence`;

/** A repeat that is being stored ends before. It locks its hashes in the same order. */
export const lockHashes = `
  SELECT FROM hashes, callbacks WHERE ${hashesOfCallbacks} ORDER BY hashes.dedup_hash FOR UPDATE OF hashes`;

/** A redelivery that is being opened ends before. */
export const lockCallbacks = `
  SELECT FROM callbacks WHERE sequence = ANY ($sequences::bigint[]) ORDER BY sequence FOR UPDATE`;

export const withoutOpenDelivery = `
  SELECT sequence FROM callbacks WHERE sequence = ANY ($sequences::bigint[]) AND ${shared.hasNoOpenDelivery}`;

/** From now on a repeat is a new callback. */
export const dropHashes = `DELETE FROM hashes USING callbacks WHERE ${hashesOfCallbacks}`;

/** The parts of one statement see the same snapshot, so rows that refer to others are dropped in an earlier statement. */
export const dropReferences = `
  WITH dropped_confirmations AS (DELETE FROM confirmations WHERE callback_sequence = ANY ($sequences::bigint[])),
  dropped_receipts AS (DELETE FROM receipts WHERE callback_sequence = ANY ($sequences::bigint[])),
  dropped_attempts AS (DELETE FROM attempts WHERE callback_sequence = ANY ($sequences::bigint[]))
  DELETE FROM deliveries WHERE callback_sequence = ANY ($sequences::bigint[])`;

export const dropCallbacks = `DELETE FROM callbacks WHERE sequence = ANY ($sequences::bigint[])`;

/**
 * Locks the lines of open deliveries, in the order of other statements. It is a statement of its own: the next one then sees
 * what has ended before. The lines of the confirmation go first, in a statement of their own too, because the end of a
 * confirmation opens deliveries.
 */
const lockLines = (routes: string) => `
  SELECT FROM lines
  WHERE (route, order_key) IN (
      SELECT route, order_key FROM deliveries WHERE callback_sequence = ANY ($sequences::bigint[]) AND state = 'open')
    AND ${routes}
  ORDER BY ${lineOrder}
  FOR UPDATE`;

export const lockConfirmLines = lockLines(`route = '${confirmRoute}'`);

export const lockOtherLines = lockLines(`route <> '${confirmRoute}'`);

export const lockRouteLines = lockLines('route = $route');

const wasTried = 'claimed = ANY (sequences)';

/**
 * Takes the deliveries of `given_up` out of their lines, which are locked. A running attempt finds its claim gone, and settles
 * nothing. What waited behind a delivery that was tried is due at once, with all of its attempts.
 */
export const shortenLines = `
  shortened AS (
    SELECT route, order_key, count(*) AS count, array_agg(callback_sequence) AS sequences
    FROM given_up
    GROUP BY route, order_key
  ),
  dropped AS (
    DELETE FROM lines USING shortened
    WHERE lines.route = shortened.route AND lines.order_key = shortened.order_key AND open <= count
  ),
  remaining AS (
    UPDATE lines
    SET open = open - count,
      claim = CASE WHEN ${wasTried} THEN NULL ELSE claim END,
      claimed = CASE WHEN ${wasTried} THEN NULL ELSE claimed END,
      attempts = CASE WHEN ${wasTried} THEN 0 ELSE attempts END,
      next_at = CASE WHEN ${wasTried} THEN statement_timestamp() ELSE next_at END,
      deferred_at = CASE WHEN ${wasTried} THEN NULL ELSE deferred_at END
    FROM shortened
    WHERE lines.route = shortened.route AND lines.order_key = shortened.order_key AND open > count
  )`;

/** They are locked: a redelivery of one ends before, or waits. */
export const callbacksToErase = `
  SELECT sequence FROM callbacks WHERE sequence IN (${shared.callbacksToErase(inRange)}) ORDER BY sequence
  FOR NO KEY UPDATE`;

/** The lines are locked. */
export const eraseCallbacks = `
  WITH erased AS (
    UPDATE callbacks SET case_reference = NULL, details = NULL, body = NULL, masked = NULL
    WHERE sequence = ANY ($sequences::bigint[])
    RETURNING sequence
  ),
  erased_documents AS (
    UPDATE confirmations SET pulled = NULL WHERE callback_sequence IN (SELECT sequence FROM erased)
  ),
  given_up AS (
    UPDATE deliveries SET state = 'dead'
    WHERE callback_sequence IN (SELECT sequence FROM erased) AND state = 'open'
    RETURNING route, order_key, callback_sequence
  ),
  ${shortenLines},
  erased_receipts AS (
    UPDATE receipts SET sender = NULL
    WHERE callback_sequence IN (SELECT sequence FROM erased) AND sender IS NOT NULL
  )
  SELECT count(*) FROM erased`;

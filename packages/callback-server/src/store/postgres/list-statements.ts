import type { ListDialect } from '../engine/list-callbacks.ts';
import { block, type IndexPlace } from '../engine/list-sources.ts';
import * as shared from '../engine/shared-statements.ts';

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

/** A purge that was interrupted may have dropped the hashes of callbacks, but not the callbacks. */
const seenCount = `coalesce(
    (SELECT seen_count FROM hashes
      WHERE hashes.dedup_hash = callbacks.dedup_hash AND hashes.sequence = callbacks.sequence),
    (SELECT count(*) FROM receipts WHERE callback_sequence = callbacks.sequence))`;

const callbackColumns = `sequence, id, event, verdict, received_at, ${seenCount} AS seen_count, body_bytes, data_key, details,
  body IS NOT NULL AS has_body, masked IS NOT NULL AS has_masked, ${shared.confirmationColumns},
  ${deliveriesOfCallback} AS deliveries`;

/** The blocks of a range that hold callbacks. Between two partitions are very many empty blocks. */
const blocks = `(
      WITH RECURSIVE blocks (block) AS (
        SELECT (SELECT max(sequence) FROM callbacks WHERE sequence <= $upTo) / 1024
        UNION ALL
        SELECT (SELECT max(sequence) FROM callbacks WHERE sequence < block * 1024) / 1024
        FROM blocks WHERE block > CAST($after AS bigint) / 1024)
      SELECT block FROM blocks) AS blocks`;

/** The index begins with the block, so this searches each block. The range keeps PostgreSQL out of other partitions. */
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
 * the words. `ANY` keeps PostgreSQL from reading more rows of the table than the found sequences.
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

export const wholeColumns = `${callbackColumns}, body_hash, body, masked, ${shared.pulledColumn}, ${receiptsOfCallback} AS receipts`;

export const getCallback = `SELECT ${wholeColumns} FROM callbacks WHERE id = $id`;

import type { ListDialect } from '../engine/list-callbacks.ts';
import { block, blocks } from '../engine/list-sources.ts';
import type { SequenceRange } from '../engine/records.ts';
import * as shared from '../engine/shared-statements.ts';

const callbackColumns = `sequence, id, event, verdict, received_at, seen_count, body_bytes, data_key, details,
  body IS NOT NULL AS has_body, masked IS NOT NULL AS has_masked, ${shared.confirmationColumns}`;

/** A single sequence is looked up: the end of a range would read its neighbours, whose pages may be damaged. */
export const inRange = ({ after, upTo }: SequenceRange, sequence = 'sequence', from = '$after') =>
  `${sequence} > ${from} AND ${sequence} ${upTo - after === 1 ? '=' : '<='} $upTo`;

/** How SQLite lists callbacks. Each query names its index: SQLite has no statistics, and might choose another index. */
export const listDialect: ListDialect = {
  columns: callbackColumns,
  select: ({ table, index, partial, isInBlocks, words }, range, conditions) => {
    const sequence = table === 'callbacks' ? 'sequence' : 'callback_sequence';
    const found = words.map(({ column, parameter }) => `${column} = $${parameter}`);
    const fixed = [...(partial ? [partial] : []), ...(isInBlocks ? [`${block} = block`] : [])];
    return `
    SELECT ${sequence} AS sequence
    FROM ${isInBlocks ? `${blocks} CROSS JOIN` : ''} ${table} ${index ? `INDEXED BY ${index}` : 'NOT INDEXED'}
    WHERE ${[...fixed, ...found, inRange(range, sequence)].join(' AND ')} ${conditions}
    ORDER BY ${sequence} DESC
    LIMIT $limit`;
  },
  isAmong: (query) => `sequence IN (${query})`,
  hour: 'received_at / 3600000',
  // A number is bound as a fraction.
  hourOf: (parameter) => `CAST(${parameter} AS INTEGER) / 3600000`,
};

export const wholeColumns = `${callbackColumns}, body_hash, body, masked, ${shared.pulledColumn}`;

export const getCallback = `SELECT ${wholeColumns} FROM callbacks WHERE id = $id`;

export const receiptsOf = `
  SELECT id, received_at, data_key, sender FROM receipts WHERE callback_sequence = $callback ORDER BY sequence LIMIT 100`;

export const deliveriesOf = `
  SELECT deliveries.route, next_at, iif(callback_sequence = claimed, started_at, NULL) AS started_at,
    CASE state WHEN 'open' THEN iif(claim IS NOT NULL AND callback_sequence = claimed, 'claimed', 'due') ELSE state END
      AS state
  FROM deliveries
    LEFT JOIN lines ON state = 'open' AND lines.route = deliveries.route AND lines.order_key = deliveries.order_key
  WHERE callback_sequence = $callback
  ORDER BY deliveries.route`;

export const attemptsOf = `
  SELECT started_at, ended_at, outcome
  FROM attempts
  WHERE callback_sequence = $callback AND route = $route
  ORDER BY number`;

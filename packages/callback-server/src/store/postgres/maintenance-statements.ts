import * as maintenance from '../engine/maintenance-statements.ts';
import { shortenLines } from './line-statements.ts';
import { wholeColumns } from './list-statements.ts';

export const page = `
  SELECT ${wholeColumns} FROM callbacks
  WHERE sequence > $after AND sequence <= $upTo
  ORDER BY sequence LIMIT $limit`;

const inRange = 'sequence > $after AND sequence <= $upTo';

/** `$after` is an id here. */
export const redeliveriesIn = maintenance.redeliveriesIn(
  'callbacks.sequence > $from::bigint AND callbacks.sequence <= $upTo::bigint',
);

export const bodiesIn = maintenance.bodiesIn(inRange);

export const callbacksBeforeIn = maintenance.callbacksBeforeIn(inRange);

export const mask = `
  WITH dropped AS (UPDATE confirmations SET pulled = NULL WHERE callback_sequence = ANY ($sequences::bigint[]))
  UPDATE callbacks SET body = NULL, masked = given.masked
  FROM unnest($sequences::bigint[], $masked::bytea[]) AS given (sequence, masked)
  WHERE callbacks.sequence = given.sequence`;

/** Leaves the callbacks of partitions that a later purge drops as a whole. */
export const callbacksToDrop = maintenance.callbacksBefore(
  'AND (callbacks.sequence < $leftFrom OR callbacks.sequence >= $leftUpTo)',
);

const hashesOfCallbacks = `
  callbacks.sequence = ANY ($sequences::bigint[]) AND hashes.dedup_hash = callbacks.dedup_hash
  AND hashes.sequence = callbacks.sequence`;

/** Waits for a repeat that is being stored. Storing locks the hashes in the same order. */
export const lockHashes = `
  SELECT FROM hashes, callbacks WHERE ${hashesOfCallbacks} ORDER BY hashes.dedup_hash FOR UPDATE OF hashes`;

/** Waits for a redelivery that is being opened. */
export const lockCallbacks = `
  SELECT FROM callbacks WHERE sequence = ANY ($sequences::bigint[]) ORDER BY sequence FOR UPDATE`;

export const withoutOpenDelivery = `
  SELECT sequence FROM callbacks WHERE sequence = ANY ($sequences::bigint[]) AND ${maintenance.hasNoOpenDelivery}`;

/** From now on a repeat is a new callback. */
export const dropHashes = `DELETE FROM hashes USING callbacks WHERE ${hashesOfCallbacks}`;

/** The parts of one statement see the same snapshot, so an earlier statement drops the rows that refer to callbacks. */
export const dropReferences = `
  WITH dropped_confirmations AS (DELETE FROM confirmations WHERE callback_sequence = ANY ($sequences::bigint[])),
  dropped_receipts AS (DELETE FROM receipts WHERE callback_sequence = ANY ($sequences::bigint[])),
  dropped_attempts AS (DELETE FROM attempts WHERE callback_sequence = ANY ($sequences::bigint[]))
  DELETE FROM deliveries WHERE callback_sequence = ANY ($sequences::bigint[])`;

export const dropCallbacks = `DELETE FROM callbacks WHERE sequence = ANY ($sequences::bigint[])`;

/** Locks the callbacks. A redelivery of such a callback ends before, or waits. */
export const callbacksToErase = `
  SELECT sequence FROM callbacks WHERE sequence IN (${maintenance.callbacksToErase(inRange)}) ORDER BY sequence
  FOR NO KEY UPDATE`;

/** The transaction has locked the lines before. */
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

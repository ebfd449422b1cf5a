import * as maintenance from '../engine/maintenance-statements.ts';
import type { SequenceRange } from '../engine/records.ts';
import { inRange, wholeColumns } from './list-statements.ts';

export const sequencesIn = (range: SequenceRange) => `
  SELECT sequence FROM callbacks WHERE ${inRange(range)} ORDER BY sequence LIMIT $limit`;

export const page = (range: SequenceRange) => `
  SELECT ${wholeColumns} FROM callbacks WHERE ${inRange(range)} ORDER BY sequence LIMIT $limit`;

/** `$after` is an id here. */
export const redeliveriesIn = (range: SequenceRange) =>
  maintenance.redeliveriesIn(inRange(range, 'callbacks.sequence', '$from'));

export const bodiesIn = (range: SequenceRange) => maintenance.bodiesIn(inRange(range));

export const callbacksBeforeIn = (range: SequenceRange) => maintenance.callbacksBeforeIn(inRange(range));

export const callbacksToErase = (range: SequenceRange) => maintenance.callbacksToErase(inRange(range));

/** A delivery may have been opened since the body was read. */
export const mask = `
  UPDATE callbacks SET body = NULL, masked = $masked
  WHERE sequence = $sequence AND ${maintenance.hasNoOpenDelivery}`;

export const dropPulled = `UPDATE confirmations SET pulled = NULL WHERE callback_sequence = $sequence`;

export const dropConfirmation = `DELETE FROM confirmations WHERE callback_sequence = $sequence`;

export const dropAttempts = `DELETE FROM attempts WHERE callback_sequence = $sequence`;

export const dropDeliveries = `DELETE FROM deliveries WHERE callback_sequence = $sequence`;

export const dropReceipts = `DELETE FROM receipts WHERE callback_sequence = $sequence`;

export const dropCallback = `DELETE FROM callbacks WHERE sequence = $sequence`;

export const eraseCallback = `
  UPDATE callbacks SET case_reference = NULL, details = NULL, body = NULL, masked = NULL WHERE sequence = $sequence`;

export const eraseReceipts = `
  UPDATE receipts SET sender = NULL WHERE callback_sequence = $sequence AND sender IS NOT NULL`;

export const check = `PRAGMA integrity_check(100)`;

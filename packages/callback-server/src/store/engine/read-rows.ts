import type { CallbackEvent } from '../../callback/callback-event.ts';
import type { ConfirmationState } from '../../callback/confirmation.ts';
import type { Attempt, Delivery, DeliveryState } from '../../callback/delivery.ts';
import type { Verdict } from '../../callback/verdict.ts';
import type { DueTimes, RouteStats } from './records.ts';
import {
  bytes,
  type Cell,
  date,
  nullable,
  number,
  type Row,
  rowReader,
  rows,
  text,
  word,
} from './row-reader.ts';
import { UnexpectedValueError } from './unexpected-value-error.ts';

export type { Row } from './row-reader.ts';

/** SQLite stores JSON as text; PostgreSQL parses the JSON. The store writes only details of this type. */
const details: Cell<Record<string, string | number>> = (value, column) => {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    throw new UnexpectedValueError(column);
  }
};

export const numberIn = (row: Row, column: string): number => number(row[column], column);
export const dateIn = (row: Row, column: string): Date => date(row[column], column);
export const textIn = (row: Row, column: string): string => text(row[column], column);
export const rowsIn = (row: Row, column: string): Row[] => rows<Row>((each) => each)(row[column], column);

const readAttempt: (row: Row) => Attempt = rowReader({ startedAt: date, endedAt: date, outcome: text });

const deliveryCells = {
  route: text,
  state: word<DeliveryState>(),
  nextAt: nullable(date),
  startedAt: nullable(date),
  attempts: rows(readAttempt),
};
const readDeliveryRow = rowReader(deliveryCells);

/** The running attempt is in the row itself. */
function readDelivery(row: Row): Delivery {
  const { nextAt, startedAt, attempts, ...delivery } = readDeliveryRow(row);
  return {
    ...delivery,
    ...(delivery.state === 'due' && nextAt && { nextAt }),
    attempts: startedAt ? [...attempts, { startedAt }] : attempts,
  };
}

const callbackCells = {
  sequence: number,
  id: text,
  event: word<CallbackEvent | 'unknown'>(),
  verdict: word<Verdict>(),
  receivedAt: date,
  seenCount: number,
  bodyBytes: number,
  dataKey: nullable(text),
  details: nullable(bytes),
  hasBody: Boolean,
  hasMasked: Boolean,
  confirmation: nullable(word<ConfirmationState>()),
  confirmedAt: nullable(date),
  deliveries: rows(readDelivery),
};

/** The row has the rows of its deliveries in `deliveries`, and those have their attempts in `attempts`. */
export const readCallback = rowReader(callbackCells);
export type CallbackRow = ReturnType<typeof readCallback>;

/** Number of callbacks with a verdict. */
export const readArrivals = rowReader({ verdict: word<Verdict>(), count: number });
export type Arrivals = ReturnType<typeof readArrivals>;

/** Each receipt is encrypted under the label of its own id. */
const readReceipt = rowReader({
  id: text,
  receivedAt: date,
  dataKey: nullable(text),
  sender: nullable(bytes),
});
export type ReceiptRow = ReturnType<typeof readReceipt>;

/** The row has the rows of its receipts in `receipts` too. */
export const readWholeCallback = rowReader({
  ...callbackCells,
  bodyHash: bytes,
  body: nullable(bytes),
  masked: nullable(bytes),
  pulled: nullable(bytes),
  receipts: rows(readReceipt),
});
export type WholeCallbackRow = ReturnType<typeof readWholeCallback>;

/** What the first receipt of a callback tells of the callback. The receipt has the id of the callback. */
export const readReceiptOfDamaged = rowReader({
  sequence: number,
  id: text,
  receivedAt: date,
  bodyBytes: number,
  seenCount: number,
});
export type ReceiptOfDamaged = ReturnType<typeof readReceiptOfDamaged>;

const lineCells = {
  token: text,
  route: text,
  orderKey: text,
  callback: number,
  attempt: number,
};

/** A claimed line, without its callback. */
export const readClaimedLine = rowReader(lineCells);
export type ClaimedLine = ReturnType<typeof readClaimedLine>;

const claimedCallbackCells = {
  id: text,
  receivedAt: date,
  event: word<CallbackEvent>(),
  verdict: word<Verdict>(),
  dataKey: nullable(text),
  bodyHash: bytes,
  body: nullable(bytes),
  confirmation: nullable(word<ConfirmationState>()),
  pulled: nullable(bytes),
};

/** What a claim needs of its callback. */
export const readClaimedCallback = rowReader(claimedCallbackCells);

/** A claimed line with its callback. */
export const readClaim = rowReader({ ...lineCells, ...claimedCallbackCells });
export type ClaimRow = ReturnType<typeof readClaim>;

export function readDueTimes({ fresh, retry }: Row): DueTimes {
  return {
    ...(fresh !== null && { fresh: number(fresh, 'fresh') }),
    ...(retry !== null && { retry: number(retry, 'retry') }),
  };
}

export const readDrift = rowReader({
  hash: bytes,
  event: text,
  details: bytes,
  since: date,
  lastAt: date,
  count: number,
  exampleId: text,
});
export type DriftRow = ReturnType<typeof readDrift>;

/** A callback that can be delivered to a route, and the state of its delivery. */
export const readRedelivery = rowReader({
  sequence: number,
  id: text,
  orderKey: text,
  event: word<CallbackEvent>(),
  state: word<'taken' | 'dead' | 'missing' | 'overtaken'>(),
  dataKey: nullable(text),
  bodyHash: bytes,
  body: nullable(bytes),
});
export type RedeliveryRow = ReturnType<typeof readRedelivery>;

/** A callback whose delivery can be opened. */
export const readOpenable = rowReader({ sequence: number, orderKey: text });

/** The sequence of the last row; `undefined` if there is none. */
export const readLast = ({ sequence }: Row): number | undefined =>
  nullable(number)(sequence, 'sequence') ?? undefined;

/** The stored body of a callback. */
export const readBody = rowReader({
  sequence: number,
  id: text,
  receivedAt: date,
  dataKey: nullable(text),
  bodyHash: bytes,
  body: bytes,
});
export type BodyRow = ReturnType<typeof readBody>;

/** A maintenance action: when it was done, who asked for it, and what it changed. */
export const readAuditEntry = rowReader({ at: date, actor: text, action: text, details });
export type AuditEntry = ReturnType<typeof readAuditEntry>;

/** A data key as it is stored: wrapped with a master key. */
export const readWrappedKey = rowReader({ id: text, masterKey: text, wrapped: bytes });
export type WrappedKey = ReturnType<typeof readWrappedKey>;

/**
 * Proves that a given master key is the master key that wrapped the stored data keys: a constant, encrypted with the
 * master key.
 */
export const readMasterKeyCheck = rowReader({ id: text, checkValue: bytes });
export type MasterKeyCheck = ReturnType<typeof readMasterKeyCheck>;

export function readRouteStats(row: Row): RouteStats {
  return {
    ...(row['oldest_undelivered_at'] !== null && {
      oldestUndeliveredAt: dateIn(row, 'oldest_undelivered_at'),
    }),
    blockedMerchants: numberIn(row, 'blocked_merchants'),
    deadLetters: numberIn(row, 'dead_letters'),
  };
}

import type { CallbackEvent } from '../../callback/callback-event.ts';
import type { ConfirmationState } from '../../callback/confirmation.ts';
import type { Attempt, Delivery, DeliveryState } from '../../callback/delivery.ts';
import type { Verdict } from '../../callback/validate-callback.ts';
import type { DueTimes, RouteStats } from './records.ts';
import { UnexpectedValueError } from './unexpected-value-error.ts';

/**
 * A row as a database driver returns it. Both engines use the same column names, but their values differ. SQLite stores
 * times in milliseconds and booleans as 0 or 1. PostgreSQL returns bigints, and times within JSON, as text.
 */
export type Row = Readonly<Record<string, unknown>>;

/** Reads one value, or throws. */
type Cell<Value> = (value: unknown, column: string) => Value;

type Fields<Cells> = {
  readonly [Name in keyof Cells]: Cells[Name] extends Cell<infer Value> ? Value : never;
};

/** Creates a reader of rows. Each field comes from the column of the same name in snake case. */
function rowReader<Cells extends Record<string, Cell<unknown>>>(cells: Cells): (row: Row) => Fields<Cells> {
  const columns = Object.entries(cells).map(([name, read]) => {
    const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return { name, read, column };
  });
  return (row) => {
    const fields: Record<string, unknown> = {};
    for (const { name, read, column } of columns) fields[name] = read(row[column], column);
    // Every field was read by the cell of its name.
    return fields as Fields<Cells>;
  };
}

const number: Cell<number> = (value, column) => {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  throw new UnexpectedValueError(column);
};

const date: Cell<Date> = (value, column) => {
  if (value instanceof Date) return value;
  if (typeof value === 'number' || typeof value === 'string') return new Date(value);
  throw new UnexpectedValueError(column);
};

const text: Cell<string> = (value, column) => {
  if (typeof value === 'string') return value;
  throw new UnexpectedValueError(column);
};

/** The store writes only these words. */
const word =
  <Word extends string>(): Cell<Word> =>
  (value, column) =>
    text(value, column) as Word;

const bytes: Cell<Uint8Array> = (value, column) => {
  if (value instanceof Uint8Array) return value;
  throw new UnexpectedValueError(column);
};

const nullable =
  <Value>(read: Cell<Value>): Cell<Value | null> =>
  (value, column) =>
    value === null ? null : read(value, column);

const rows =
  <Value>(read: (row: Row) => Value): Cell<Value[]> =>
  (value, column) => {
    if (!Array.isArray(value)) throw new UnexpectedValueError(column);
    return value.map(read);
  };

/** SQLite stores JSON as text; PostgreSQL parses it. The store writes only these details. */
const details: Cell<Record<string, string | number>> = (value) =>
  typeof value === 'string' ? JSON.parse(value) : value;

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
  masked: nullable(bytes),
  confirmation: nullable(word<ConfirmationState>()),
  confirmedAt: nullable(date),
  deliveries: rows(readDelivery),
};

/** The row has the rows of its deliveries in `deliveries`, and those have their attempts in `attempts`. */
export const readCallback = rowReader(callbackCells);
export type CallbackRow = ReturnType<typeof readCallback>;

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
  pulled: nullable(bytes),
  receipts: rows(readReceipt),
});
export type WholeCallbackRow = ReturnType<typeof readWholeCallback>;

/** What the first receipt of a callback tells of it. The receipt has the id of the callback. */
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
  state: word<'taken' | 'dead' | 'missing'>(),
  dataKey: nullable(text),
  bodyHash: bytes,
  body: nullable(bytes),
});
export type RedeliveryRow = ReturnType<typeof readRedelivery>;

/** The stored body of a callback. */
export const readBody = rowReader({
  sequence: number,
  id: text,
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
 * Proves that a given master key is the one that wrapped the stored data keys: a constant, encrypted with the master
 * key.
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

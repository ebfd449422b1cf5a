import type { CallbackEvent } from '../../callback/callback-event.ts';
import type { Attempt, Delivery, DeliveryState, Route } from '../../callback/delivery.ts';
import type { Verdict } from '../../callback/validate-callback.ts';
import type { StoreStats } from './records.ts';

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
  throw unexpectedValue(column, 'a number');
};

const date: Cell<Date> = (value, column) => {
  if (value instanceof Date) return value;
  if (typeof value === 'number' || typeof value === 'string') return new Date(value);
  throw unexpectedValue(column, 'a time');
};

const text: Cell<string> = (value, column) => {
  if (typeof value === 'string') return value;
  throw unexpectedValue(column, 'text');
};

/** The store writes only these words. */
const word =
  <Word extends string>(): Cell<Word> =>
  (value, column) =>
    text(value, column) as Word;

const bytes: Cell<Uint8Array> = (value, column) => {
  if (value instanceof Uint8Array) return value;
  throw unexpectedValue(column, 'bytes');
};

const nullable =
  <Value>(read: Cell<Value>): Cell<Value | null> =>
  (value, column) =>
    value === null ? null : read(value, column);

const rows =
  <Value>(read: (row: Row) => Value): Cell<Value[]> =>
  (value, column) => {
    if (!Array.isArray(value)) throw unexpectedValue(column, 'rows');
    return value.map(read);
  };

/** SQLite stores JSON as text; PostgreSQL parses it. The store writes only these details. */
const details: Cell<Record<string, string | number>> = (value) =>
  typeof value === 'string' ? JSON.parse(value) : value;

function unexpectedValue(column: string, expected: string): TypeError {
  return new TypeError(`The database column ${column} does not hold ${expected}.`);
}

export const numberIn = (row: Row, column: string): number => number(row[column], column);
export const dateIn = (row: Row, column: string): Date => date(row[column], column);
export const textIn = (row: Row, column: string): string => text(row[column], column);
export const bytesIn = (row: Row, column: string): Uint8Array => bytes(row[column], column);
export const rowsIn = (row: Row, column: string): Row[] => rows<Row>((each) => each)(row[column], column);

function readAttempt(row: Row): Attempt {
  const { ended_at: endedAt, outcome } = row;
  return {
    startedAt: dateIn(row, 'started_at'),
    ...(endedAt !== null && { endedAt: dateIn(row, 'ended_at') }),
    ...(outcome !== null && { outcome: textIn(row, 'outcome') }),
  };
}

const readDelivery: (row: Row) => Delivery = rowReader({
  route: word<Route>(),
  state: word<DeliveryState>(),
  nextAt: date,
  attempts: rows(readAttempt),
});

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
  body: nullable(bytes),
  receipts: rows(readReceipt),
});
export type WholeCallbackRow = ReturnType<typeof readWholeCallback>;

/** A claimed delivery with its callback. */
export const readClaim = rowReader({
  delivery: number,
  token: text,
  route: word<Route>(),
  attempt: number,
  id: text,
  event: word<CallbackEvent>(),
  verdict: word<Verdict>(),
  receivedAt: date,
  dataKey: nullable(text),
  body: nullable(bytes),
});
export type ClaimRow = ReturnType<typeof readClaim>;

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

const bodyCells = { sequence: number, id: text, dataKey: nullable(text), body: bytes };

/** The stored body of a callback. */
export const readBody = rowReader(bodyCells);
export type BodyRow = ReturnType<typeof readBody>;

/** The stored body of a repeat whose bytes differ from the first POST. */
export const readDifferingBody = rowReader({ ...bodyCells, bodyHash: bytes });
export type DifferingBodyRow = ReturnType<typeof readDifferingBody>;

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

export function readStats(row: Row): StoreStats {
  const { oldest_undelivered_at: oldest, last_received_at: last } = row;
  return {
    ...(oldest !== null && { oldestUndeliveredAt: dateIn(row, 'oldest_undelivered_at') }),
    ...(last !== null && { lastReceivedAt: dateIn(row, 'last_received_at') }),
    blockedKeys: numberIn(row, 'blocked_keys'),
    deadLetters: numberIn(row, 'dead_letters'),
  };
}

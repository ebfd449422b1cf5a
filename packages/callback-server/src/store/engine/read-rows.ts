import type { Attempt, Delivery, DeliveryState, Route } from '../../callback/delivery.ts';
import type { WrappedKey } from '../encryption/key-table.ts';
import type {
  AuditEntry,
  BodyRow,
  CallbackRow,
  ClaimRow,
  DifferingBodyRow,
  DriftRow,
  ReceiptRow,
  WholeCallbackRow,
} from './rows.ts';
import type { StoreStats } from './store-engine.ts';

/**
 * A row as a database driver returns it. Both engines use the same column names, but their values differ: SQLite stores
 * times in milliseconds and booleans as 0 or 1; PostgreSQL returns bigints, and times within JSON, as text.
 */
export type Row = Readonly<Record<string, unknown>>;

/** @param row - With the rows of its deliveries in `deliveries`, and of their attempts in `attempts`. */
export function readCallback(row: Row): CallbackRow {
  return {
    sequence: numberIn(row, 'sequence'),
    id: textIn(row, 'id'),
    event: textIn(row, 'event'),
    verdict: textIn(row, 'verdict'),
    receivedAt: dateIn(row, 'received_at'),
    seenCount: numberIn(row, 'seen_count'),
    bodyBytes: numberIn(row, 'body_bytes'),
    dataKey: textOrNullIn(row, 'data_key'),
    details: bytesOrNullIn(row, 'details'),
    hasBody: Boolean(row['has_body']),
    masked: bytesOrNullIn(row, 'masked'),
    deliveries: rowsIn(row, 'deliveries').map(readDelivery),
  };
}

/** @param row - With the rows of its receipts in `receipts` too. */
export function readWholeCallback(row: Row): WholeCallbackRow {
  return {
    ...readCallback(row),
    body: bytesOrNullIn(row, 'body'),
    receipts: rowsIn(row, 'receipts').map(readReceipt),
  };
}

function readReceipt(row: Row): ReceiptRow {
  return {
    id: textIn(row, 'id'),
    receivedAt: dateIn(row, 'received_at'),
    dataKey: textOrNullIn(row, 'data_key'),
    sender: bytesOrNullIn(row, 'sender'),
  };
}

function readDelivery(row: Row): Delivery {
  return {
    route: textIn(row, 'route') as Route,
    state: textIn(row, 'state') as DeliveryState,
    nextAt: dateIn(row, 'next_at'),
    attempts: rowsIn(row, 'attempts').map(readAttempt),
  };
}

function readAttempt(row: Row): Attempt {
  const outcome = textOrNullIn(row, 'outcome');
  return {
    startedAt: dateIn(row, 'started_at'),
    ...(row['ended_at'] !== null && { endedAt: dateIn(row, 'ended_at') }),
    ...(outcome !== null && { outcome }),
  };
}

/** @param row - A delivery joined with its callback; `sequence` is the delivery's. */
export function readClaim(row: Row, token: string): ClaimRow {
  return {
    delivery: numberIn(row, 'sequence'),
    token,
    route: textIn(row, 'route') as Route,
    attempt: numberIn(row, 'attempts'),
    id: textIn(row, 'id'),
    event: textIn(row, 'event'),
    verdict: textIn(row, 'verdict'),
    receivedAt: dateIn(row, 'received_at'),
    dataKey: textOrNullIn(row, 'data_key'),
    body: bytesOrNullIn(row, 'body'),
  };
}

export function readDrift(row: Row): DriftRow {
  return {
    hash: bytesIn(row, 'hash'),
    event: textIn(row, 'event'),
    details: bytesIn(row, 'details'),
    since: dateIn(row, 'since'),
    lastAt: dateIn(row, 'last_at'),
    count: numberIn(row, 'count'),
    exampleId: textIn(row, 'example_id'),
  };
}

export function readStats(row: Row): StoreStats {
  return {
    ...(row['oldest_undelivered_at'] !== null && {
      oldestUndeliveredAt: dateIn(row, 'oldest_undelivered_at'),
    }),
    ...(row['last_received_at'] !== null && { lastReceivedAt: dateIn(row, 'last_received_at') }),
    blockedKeys: numberIn(row, 'blocked_keys'),
    deadLetters: numberIn(row, 'dead_letters'),
  };
}

export function readBody(row: Row): BodyRow {
  return {
    sequence: numberIn(row, 'sequence'),
    id: textIn(row, 'id'),
    dataKey: textOrNullIn(row, 'data_key'),
    body: bytesIn(row, 'body'),
  };
}

export function readDifferingBody(row: Row): DifferingBodyRow {
  return { ...readBody(row), bodyHash: bytesIn(row, 'body_hash') };
}

export function readAuditEntry(row: Row): AuditEntry {
  const { details } = row;
  return {
    at: dateIn(row, 'at'),
    actor: textIn(row, 'actor'),
    action: textIn(row, 'action'),
    // SQLite stores JSON as text; PostgreSQL parses it. The store writes nothing but such details.
    details: (typeof details === 'string' ? JSON.parse(details) : details) as AuditEntry['details'],
  };
}

export function readWrappedKey(row: Row): WrappedKey {
  return {
    id: textIn(row, 'id'),
    masterKey: textIn(row, 'master_key'),
    wrapped: bytesIn(row, 'wrapped'),
  };
}

export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  throw unexpectedValue(column, 'a number');
}

export function dateIn(row: Row, column: string): Date {
  const value = row[column];
  if (value instanceof Date) return value;
  if (typeof value === 'number' || typeof value === 'string') return new Date(value);
  throw unexpectedValue(column, 'a time');
}

export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw unexpectedValue(column, 'text');
}

export function bytesIn(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw unexpectedValue(column, 'bytes');
}

function textOrNullIn(row: Row, column: string): string | null {
  return row[column] === null ? null : textIn(row, column);
}

function bytesOrNullIn(row: Row, column: string): Uint8Array | null {
  return row[column] === null ? null : bytesIn(row, column);
}

export function rowsIn(row: Row, column: string): Row[] {
  const value: unknown = row[column];
  // The statements select rows here, which `Array.isArray` cannot tell.
  if (Array.isArray(value)) return value as Row[];
  throw unexpectedValue(column, 'rows');
}

function unexpectedValue(column: string, expected: string): TypeError {
  return new TypeError(`The database column ${column} does not hold ${expected}.`);
}

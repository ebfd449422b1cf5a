import type { Attempt, Delivery, DeliveryState, Route } from '../../callback/delivery.ts';
import type { CallbackRow, ClaimRow, DriftRow, ReceiptRow, WholeCallbackRow } from '../engine/rows.ts';
import {
  bytes,
  bytesOrNull,
  date,
  number,
  type Row,
  type SqliteSession,
  textOrNull,
} from './sqlite-session.ts';
import * as sql from './statements.ts';

/** Reads a callback's row, with its deliveries. */
export function createCallbackReader({ all }: SqliteSession): (row: Row) => CallbackRow {
  const deliveriesOf = (callback: number) =>
    all(sql.deliveriesOf, { callback }).map((row) =>
      readDelivery(row, all(sql.attemptsOf, { delivery: number(row['sequence']) })),
    );
  return (row) => readCallback(row, deliveriesOf(number(row['sequence'])));
}

/** Reads it with its body and its receipts too. */
export function createWholeReader(session: SqliteSession): (row: Row) => WholeCallbackRow {
  const callbackOf = createCallbackReader(session);
  const receiptsOf = (callback: number) => session.all(sql.receiptsOf, { callback }).map(readReceipt);
  return (row) => ({
    ...callbackOf(row),
    body: bytesOrNull(row['body']),
    receipts: receiptsOf(number(row['sequence'])),
  });
}

function readReceipt(row: Row): ReceiptRow {
  return {
    id: String(row['id']),
    receivedAt: date(row['received_at']),
    dataKey: textOrNull(row['data_key']),
    sender: bytesOrNull(row['sender']),
  };
}

function readCallback(row: Row, deliveries: Delivery[]): CallbackRow {
  return {
    sequence: number(row['sequence']),
    id: String(row['id']),
    event: String(row['event']),
    verdict: String(row['verdict']),
    receivedAt: date(row['received_at']),
    seenCount: number(row['seen_count']),
    bodyBytes: number(row['body_bytes']),
    dataKey: textOrNull(row['data_key']),
    details: bytesOrNull(row['details']),
    hasBody: row['has_body'] === 1,
    masked: bytesOrNull(row['masked']),
    deliveries,
  };
}

function readDelivery(row: Row, attempts: Row[]): Delivery {
  return {
    route: String(row['route']) as Route,
    state: String(row['state']) as DeliveryState,
    nextAt: date(row['next_at']),
    attempts: attempts.map(readAttempt),
  };
}

function readAttempt({ started_at: startedAt, ended_at: endedAt, outcome }: Row): Attempt {
  return {
    startedAt: date(startedAt),
    ...(typeof endedAt === 'number' && { endedAt: date(endedAt) }),
    ...(typeof outcome === 'string' && { outcome }),
  };
}

export function readClaim(delivery: Row, callback: Row, token: string): ClaimRow {
  return {
    delivery: number(delivery['sequence']),
    token,
    route: String(delivery['route']) as Route,
    attempt: number(delivery['attempts']),
    id: String(callback['id']),
    event: String(callback['event']),
    verdict: String(callback['verdict']),
    receivedAt: date(callback['received_at']),
    dataKey: textOrNull(callback['data_key']),
    body: bytesOrNull(callback['body']),
  };
}

export function readDrift(row: Row): DriftRow {
  return {
    hash: bytes(row['hash']),
    event: String(row['event']),
    details: bytes(row['details']),
    since: date(row['since']),
    lastAt: date(row['last_at']),
    count: number(row['count']),
    exampleId: String(row['example_id']),
  };
}

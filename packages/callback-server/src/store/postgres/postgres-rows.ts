import type { Delivery, DeliveryState, Route } from '../../callback/delivery.ts';
import type { CallbackRow, ClaimRow, DriftRow, ReceiptRow, WholeCallbackRow } from '../engine/rows.ts';
import type { StoreStats } from '../engine/store-engine.ts';
import { bytes, bytesOrNull, date, type Row, textOrNull } from './postgres-query.ts';

export function readCallback(row: Row): CallbackRow {
  return {
    sequence: Number(row['sequence']),
    id: String(row['id']),
    event: String(row['event']),
    verdict: String(row['verdict']),
    receivedAt: date(row['received_at']),
    seenCount: Number(row['seen_count']),
    bodyBytes: Number(row['body_bytes']),
    dataKey: textOrNull(row['data_key']),
    details: bytesOrNull(row['details']),
    hasBody: row['has_body'] === true,
    masked: bytesOrNull(row['masked']),
    deliveries: (row['deliveries'] as DeliveryJson[]).map(readDelivery),
  };
}

/** With its body and its receipts too. */
export function readWholeCallback(row: Row): WholeCallbackRow {
  const receipts = (row['receipts'] as ReceiptJson[]).map(readReceipt);
  return { ...readCallback(row), body: bytesOrNull(row['body']), receipts };
}

/** As `json_agg` of the statement gives it. */
interface ReceiptJson {
  readonly id: string;
  readonly receivedAt: string;
  readonly dataKey: string | null;
  readonly sender: string | null;
}

function readReceipt({ receivedAt, sender, ...rest }: ReceiptJson): ReceiptRow {
  return {
    ...rest,
    receivedAt: new Date(receivedAt),
    sender: sender === null ? null : Buffer.from(sender, 'base64'),
  };
}

/** As `json_agg` of the statement gives it. */
interface DeliveryJson {
  readonly route: Route;
  readonly state: DeliveryState;
  readonly nextAt: string;
  readonly attempts: readonly { startedAt: string; endedAt: string | null; outcome: string | null }[];
}

function readDelivery({ nextAt, attempts, ...rest }: DeliveryJson): Delivery {
  return {
    ...rest,
    nextAt: new Date(nextAt),
    attempts: attempts.map(({ startedAt, endedAt, outcome }) => ({
      startedAt: new Date(startedAt),
      ...(endedAt !== null && { endedAt: new Date(endedAt) }),
      ...(outcome !== null && { outcome }),
    })),
  };
}

export function readClaim(row: Row, token: string): ClaimRow {
  return {
    delivery: Number(row['delivery']),
    token,
    route: String(row['route']) as Route,
    attempt: Number(row['attempts']),
    id: String(row['id']),
    event: String(row['event']),
    verdict: String(row['verdict']),
    receivedAt: date(row['received_at']),
    dataKey: textOrNull(row['data_key']),
    body: bytesOrNull(row['body']),
  };
}

export function readDrift(row: Row): DriftRow {
  return {
    hash: bytes(row['hash']),
    event: String(row['event']),
    details: bytes(row['details']),
    since: date(row['since']),
    lastAt: date(row['last_at']),
    count: Number(row['count']),
    exampleId: String(row['example_id']),
  };
}

export function readStats(row: Row): StoreStats {
  const { oldest_undelivered_at: oldest, last_received_at: last } = row;
  return {
    ...(oldest !== null && { oldestUndeliveredAt: date(oldest) }),
    ...(last !== null && { lastReceivedAt: date(last) }),
    blockedKeys: Number(row['blocked_keys']),
    deadLetters: Number(row['dead_letters']),
  };
}

import type { Settlement } from '../../callback/delivery.ts';
import type { KeyTable } from '../encryption/key-table.ts';
import type {
  AuditEntry,
  BodyRow,
  CallbackRow,
  ClaimRow,
  DifferingBodyRow,
  DriftRow,
  WholeCallbackRow,
} from './read-rows.ts';
import type { CallbackRecord, KeepResult, MaskedCopy, RowFilter, StoreStats } from './records.ts';

/** Stores callbacks and reads them. */
export interface CallbackEngine {
  keep(callback: CallbackRecord): Promise<KeepResult>;
  list(filter: RowFilter): Promise<CallbackRow[]>;
  get(id: string): Promise<WholeCallbackRow | undefined>;
  drift(): Promise<DriftRow[]>;
  stats(): Promise<StoreStats>;
  probe(now: Date): Promise<void>;
}

/** Claims deliveries and settles them. */
export interface DeliveryEngine {
  claim(now: Date, token: string): Promise<ClaimRow | undefined>;
  reclaimExpired(token: string): Promise<ClaimRow[]>;
  settle(attempt: SettledAttempt): Promise<void>;
  nextDueAt(): Promise<Date | undefined>;
}

/** The end of an attempt at a delivery. */
interface SettledAttempt {
  readonly delivery: number;
  readonly token: string;
  readonly now: Date;
  readonly settlement: Settlement;
}

/** Maintains stored callbacks. Each call changes at most `limit` rows, and resolves to how many it changed. */
export interface MaintenanceEngine {
  /** Callbacks after a sequence, oldest first. */
  page(after: number, limit: number): Promise<WholeCallbackRow[]>;
  /** Bodies of differing repeats after a sequence, oldest first. */
  differingBodies(after: number, limit: number): Promise<DifferingBodyRow[]>;
  /** Bodies received before a time, without those of callbacks that have an open delivery. */
  bodiesBefore(before: Date, limit: number): Promise<BodyRow[]>;
  /** Replaces each body by its masked copy. */
  mask(copies: readonly MaskedCopy[]): Promise<void>;
  dropDifferingBodies(before: Date, limit: number): Promise<number>;
  /** Drops callbacks received before a time, without those that have an open delivery. */
  dropCallbacks(before: Date, limit: number): Promise<number>;
  dropAudit(before: Date, limit: number): Promise<number>;
  /** Removes all personal data from a merchant's callbacks, and gives up their open deliveries. */
  eraseCallbacks(merchant: string, limit: number): Promise<number>;
  audit(entry: AuditEntry): Promise<void>;
  auditTrail(limit: number): Promise<AuditEntry[]>;
  /** Problems that the engine finds in its own files. */
  check(): Promise<string[]>;
  /** Removes dropped data from the database files, as far as the engine can. */
  compact(): Promise<void>;
}

/** A database under the store. It sees bytes only: encryption happens above it. */
export interface StoreEngine extends CallbackEngine, DeliveryEngine, KeyTable, MaintenanceEngine {
  close(): Promise<void>;
}

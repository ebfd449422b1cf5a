import type { Settlement } from '../../callback/delivery.ts';
import type { CallbackRow, ClaimRow, WholeCallbackRow, WrappedKey } from './read-rows.ts';
import type { CallbackRecord, KeepResult, MaskedCopy, RowFilter, StoreStats } from './records.ts';
import type { SharedEngine } from './shared-operations.ts';

/** Stores callbacks and reads them. */
export interface CallbackEngine {
  keep(callback: CallbackRecord): Promise<KeepResult>;
  list(filter: RowFilter): Promise<CallbackRow[]>;
  get(id: string): Promise<WholeCallbackRow | undefined>;
  stats(): Promise<StoreStats>;
}

/** Claims deliveries and settles them. */
export interface DeliveryEngine {
  claim(now: Date, token: string): Promise<ClaimRow | undefined>;
  reclaimExpired(token: string): Promise<ClaimRow[]>;
  settle(attempt: SettledAttempt): Promise<void>;
}

/** The end of an attempt at a delivery. */
interface SettledAttempt {
  readonly delivery: number;
  readonly token: string;
  readonly now: Date;
  readonly state: Settlement['state'];
  /** When the delivery falls due again, if it does. */
  readonly nextAt: Date;
  readonly outcome: string;
}

/** Writes data keys. */
interface KeyEngine {
  /** Adds an owner's key. Resolves to that key, or to the key that the owner has already. */
  addDataKey(owner: string, key: WrappedKey, now: Date): Promise<WrappedKey>;
  replaceDataKeys(keys: readonly WrappedKey[]): Promise<void>;
}

/** Maintains stored callbacks. Each call changes at most `limit` rows, and resolves to how many it changed. */
export interface MaintenanceEngine {
  /** Callbacks after a sequence, oldest first. */
  page(after: number, limit: number): Promise<WholeCallbackRow[]>;
  /** Replaces each body by its masked copy. */
  mask(copies: readonly MaskedCopy[]): Promise<void>;
  /** Drops callbacks received before a time, without those that have an open delivery. */
  dropCallbacks(before: Date, limit: number): Promise<number>;
  /** Removes all personal data from a merchant's callbacks, and gives up their open deliveries. */
  eraseCallbacks(merchant: string, limit: number): Promise<number>;
  /** Problems that the engine finds in its own files. */
  check(): Promise<string[]>;
  /** Bytes in the database's files that new data can use. */
  reusableBytes(): Promise<number>;
  /** Removes dropped data from the database files, as far as the engine can. */
  compact(): Promise<void>;
}

/** A database under the store. It sees bytes only: encryption happens above it. */
export interface StoreEngine
  extends SharedEngine,
    CallbackEngine,
    DeliveryEngine,
    KeyEngine,
    MaintenanceEngine {
  close(): Promise<void>;
}

import type { Settlement } from '../../callback/delivery.ts';
import type { KeyTable } from '../encryption/key-table.ts';
import type { MaintenanceEngine } from './maintenance-engine.ts';
import type {
  CallbackRecord,
  CallbackRow,
  ClaimRow,
  DriftRow,
  KeepResult,
  RowFilter,
  WholeCallbackRow,
} from './rows.ts';

/** How the store stands, for those who watch it. */
export interface StoreStats {
  /** When the oldest callback came in that has a delivery still open. Nothing is left out. */
  readonly oldestUndeliveredAt?: Date;
  /** Merchants, by route, whose callbacks wait for one that has failed. */
  readonly blockedKeys: number;
  /** Deliveries given up. */
  readonly deadLetters: number;
  readonly lastReceivedAt?: Date;
}

/** The part of an engine that keeps callbacks and hands them out. */
export interface CallbackEngine {
  keep(callback: CallbackRecord): Promise<KeepResult>;
  list(filter: RowFilter): Promise<CallbackRow[]>;
  get(id: string): Promise<WholeCallbackRow | undefined>;
  drift(): Promise<DriftRow[]>;
  stats(): Promise<StoreStats>;
  claim(now: Date, token: string): Promise<ClaimRow | undefined>;
  reclaimExpired(token: string): Promise<ClaimRow[]>;
  settle(delivery: number, token: string, now: Date, settlement: Settlement): Promise<void>;
  nextDueAt(): Promise<Date | undefined>;
  probe(now: Date): Promise<void>;
}

/** A database under the store. It knows nothing of what it keeps, and everything of keeping it. */
export interface StoreEngine extends CallbackEngine, KeyTable, MaintenanceEngine {
  close(): Promise<void>;
}

import type { Claim, Route, Settlement } from '../callback/delivery.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { CallbackFilter, KeptCallback, WholeCallback } from '../callback/kept-callback.ts';
import type { Drift } from './drift-record.ts';
import type { StoreStats } from './engine/records.ts';

/** Stores callbacks. Engines differ in how many processes can share a store; the guarantees of each call are the same. */
export interface CallbackStore {
  /**
   * Stores one POST and its deliveries, all or nothing.
   *
   * When this resolves, the data survives the loss of the process and of power. A repeat is counted once, even if
   * several processes store it at the same moment, and gets no new deliveries.
   *
   * @throws StoreBusyError if too many callbacks wait for a commit.
   */
  keep(callback: IncomingCallback, routes: readonly Route[]): Promise<{ id: string; isNew: boolean }>;

  /** Lists callbacks, newest first. */
  list(filter: CallbackFilter): Promise<KeptCallback[]>;

  get(id: string): Promise<WholeCallback | undefined>;

  /** Lists the kinds of violations, most frequent first. */
  drift(): Promise<Drift[]>;

  stats(): Promise<StoreStats>;

  /**
   * Claims the delivery that has been due for longest. The attempt is counted before it is made, so that a callback that
   * crashes the process is noticed. Per merchant and route at most one delivery is claimed at a time: the oldest open one.
   */
  claim(now: Date): Promise<Claim | undefined>;

  /** Takes over the claims whose holder is gone. The caller has to settle them. */
  reclaimExpired(): Promise<Claim[]>;

  /** Ends an attempt. Does nothing if the claim has been taken over. */
  settle(claim: Claim, now: Date, settlement: Settlement): Promise<void>;

  /** When the next delivery falls due; `undefined` if none is open. */
  nextDueAt(): Promise<Date | undefined>;

  /** Commits a write. @throws if writing fails. */
  probe(now: Date): Promise<void>;

  /** Closes the database, and leaves no other files behind. No call may follow. */
  close(): Promise<void>;
}

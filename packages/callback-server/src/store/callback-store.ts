import type { Claim, Route, Settlement } from '../callback/delivery.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { CallbackFilter, KeptCallback, WholeCallback } from '../callback/kept-callback.ts';
import type { StoreStats } from './engine/store-engine.ts';

/** One way in which callbacks depart from the contract. Never holds a value of one. */
export interface Drift {
  readonly event: string;
  /** Where, with `*` for each position in a list. */
  readonly pointer: string;
  readonly keyword: string;
  readonly expected: string;
  /** When it was seen first, and last. */
  readonly since: Date;
  readonly lastAt: Date;
  /** In how many callbacks. */
  readonly count: number;
  /** The last callback that shows it. */
  readonly exampleId: string;
}

/**
 * Where callbacks are kept. Engines differ in how many processes may share one; what each call promises is the same.
 */
export interface CallbackStore {
  /**
   * Keeps one POST and makes its deliveries, all or nothing.
   *
   * Once this resolves, it survives the loss of the process and of power. A callback that is there already is counted
   * once more, whoever else keeps it at the same moment, and gets no new deliveries.
   *
   * @throws StoreBusyError where too much waits to be kept.
   */
  keep(callback: IncomingCallback, routes: readonly Route[]): Promise<{ id: string; isNew: boolean }>;

  /** The newest callbacks first. */
  list(filter: CallbackFilter): Promise<KeptCallback[]>;

  get(id: string): Promise<WholeCallback | undefined>;

  /** How callbacks depart from the contract, the most frequent first. */
  drift(): Promise<Drift[]>;

  stats(): Promise<StoreStats>;

  /**
   * Claims the delivery that has waited longest, and counts the attempt before it is made, so that a callback that
   * brings the process down is seen. Of one merchant and route one delivery at most is claimed at a time, and only the
   * oldest that is open.
   */
  claim(now: Date): Promise<Claim | undefined>;

  /** Claims whose holder is gone. They are the caller's now, to settle. */
  reclaimExpired(): Promise<Claim[]>;

  /** Ends an attempt. Does nothing where the claim is no longer held. */
  settle(claim: Claim, now: Date, settlement: Settlement): Promise<void>;

  /** When the next delivery falls due, if any does. */
  nextDueAt(): Promise<Date | undefined>;

  /** Writes and commits something. @throws where writing fails. */
  probe(now: Date): Promise<void>;

  /** Leaves nothing behind but the database itself. No call may follow. */
  close(): Promise<void>;
}

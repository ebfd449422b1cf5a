import type { Passage } from '../callback/confirmation.ts';
import type { Claim, ClaimedDelivery, ConfirmedDelivery, SettledDelivery } from '../callback/delivery.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { CallbackFilter, KeptCallback, WholeCallback } from '../callback/kept-callback.ts';
import type { Verdict } from '../callback/verdict.ts';
import type { CountedDrift } from './drift-record.ts';
import type { ClaimLimits, DueTimes, Statement, StoreStats } from './engine/records.ts';

/** What a claim found. */
export interface ClaimResult {
  readonly claims: Claim[];
  /** Deliveries that the claim gave up, because the body is gone, or differs from the received body. */
  readonly givenUp: readonly SettledDelivery[];
  /**
   * Number of callbacks that this server cannot decrypt. Their deliveries are due again after a minute. If this server
   * lacks a master key, they are due at once, for the other servers.
   */
  readonly unreadable: number;
}

/** Stores callbacks. Engines differ in how many processes can share a store; the guarantees of each call are the same. */
export interface CallbackStore {
  /**
   * Stores one POST and its deliveries, all or nothing.
   *
   * When this resolves, the data survives the loss of the process and of power. A repeat is counted once, even if
   * several processes store it at the same moment, and gets no new deliveries.
   *
   * @param routes - Names of the routes that the callback is delivered to.
   * @param passage - The callback's way to these routes: at once, or through the confirmation. @default 'direct'
   * @throws StoreBusyError if too many callbacks wait for a commit.
   */
  keep(
    callback: IncomingCallback,
    routes: readonly string[],
    passage?: Passage,
  ): Promise<{ id: string; isNew: boolean }>;

  /** Lists callbacks, newest first. */
  list(filter: CallbackFilter): Promise<KeptCallback[]>;

  get(id: string): Promise<WholeCallback | undefined>;

  /** Lists the kinds of violations, most frequent first. */
  drift(): Promise<CountedDrift[]>;

  stats(): Promise<StoreStats>;

  /** Whether neither a callback nor a merchant is stored. */
  isEmpty(): Promise<boolean>;

  /** Counts the callbacks that arrived in the hour of a time. */
  arrivals(time: Date): Promise<Readonly<Record<Verdict, number>>>;

  /** Number of callbacks that no pull agrees with, and that nobody has released. */
  countQuarantined(): Promise<number>;

  /** Milliseconds from receipt to taken. Reads the newest 500 attempts at callbacks that arrived in the hour of a time. */
  latencies(time: Date): Promise<number[]>;

  /** Number of open deliveries to a route. Takes long if very many merchants wait. */
  countOpen(route: string): Promise<number | undefined>;

  /**
   * Claims deliveries of a route that are due, those that have been due for longest first. The attempts are counted
   * before they are made, so that a callback that crashes the process is noticed. At most one delivery of a line is claimed
   * at a time: the oldest open delivery.
   *
   * @throws MasterKeyError if this server still lacks a master key since the last claim.
   */
  claim(route: string, limits: ClaimLimits): Promise<ClaimResult>;

  /** Gives claims back, without counting an attempt. They are due at once. */
  giveBack(route: string, claims: readonly Claim[]): Promise<void>;

  /** Takes over those claims of a route whose holders are gone. The caller has to settle these claims. */
  reclaimExpired(route: string): Promise<ClaimedDelivery[]>;

  /** Ends attempts of a route. Resolves to whether each claim was still held. A claim that was lost changes nothing. */
  settle(route: string, settled: readonly SettledDelivery[]): Promise<boolean[]>;

  /**
   * Ends an attempt and runs statements of its handler, all or nothing. Resolves to whether the claim was still held:
   * otherwise nothing was changed.
   *
   * @throws StatementError if a statement failed.
   */
  settleWith(settled: SettledDelivery, statements: readonly Statement[]): Promise<boolean>;

  /**
   * Ends attempts at confirming callbacks: stores what was found, and opens the deliveries that follow, all or nothing.
   * Resolves to whether each claim was still held. A claim that was lost changes nothing.
   */
  settleConfirmed(confirmed: readonly ConfirmedDelivery[]): Promise<boolean[]>;

  /** When the next deliveries of a route fall due, if they fall due within `withinMs` milliseconds. */
  nextDueIn(route: string, withinMs: number): Promise<DueTimes>;

  /** Makes due the deliveries of a route that wait after a failed attempt. */
  releaseDeferred(route: string): Promise<void>;

  /** Makes due the deliveries of a route whose times only a wrong clock can have set, and corrects such leases. */
  correctDueTimes(route: string): Promise<void>;

  /** Commits a write. @throws if writing fails. */
  probe(now: Date): Promise<void>;

  /** Closes the database, and leaves no temporary files behind. No call may follow. */
  close(): Promise<void>;
}

import type {
  AskedHistory,
  ClaimedMerchantRow,
  HistoryRow,
  ListedMerchantRow,
  MerchantCounts,
  NamedRecord,
  SettledCheck,
} from './merchant-rows.ts';
import type { ListedMerchantState } from './merchant-statements.ts';
import type {
  Arrivals,
  BodyRow,
  CallbackRow,
  ClaimedLine,
  ClaimRow,
  MasterKeyCheck,
  RedeliveryRow,
  WholeCallbackRow,
  WrappedKey,
} from './read-rows.ts';
import type {
  CallbackRecord,
  ClaimLimits,
  ConfirmedAttempt,
  DueTimes,
  IdRange,
  KeepResult,
  LeftSequences,
  MaskedCopy,
  RedeliveryRows,
  RowFilter,
  SequenceRange,
  SettledAttempt,
  Statement,
} from './records.ts';
import type { SharedEngine } from './shared-operations.ts';

/** Stores callbacks and reads them. */
export interface CallbackEngine {
  keep(callback: CallbackRecord): Promise<KeepResult>;
  list(filter: RowFilter): Promise<CallbackRow[]>;
  get(id: string): Promise<WholeCallbackRow | undefined>;
  /** Counts the callbacks that arrived in the hour of a time. */
  arrivals(time: Date): Promise<Arrivals[]>;
}

/**
 * Claims the lines of a route and settles their oldest deliveries. The engine decides what is due by its own clock: the
 * database's, or elapsed time.
 */
export interface DeliveryEngine {
  /** Claims deliveries that are due. @throws if a callback is damaged (see `isDamage`): then nothing is claimed. */
  claim(route: string, limits: ClaimLimits, token: string): Promise<ClaimRow[]>;
  /** Claims lines without reading their callbacks: some may be damaged. */
  claimUnread(route: string, limits: ClaimLimits, token: string): Promise<ClaimedLine[]>;
  /** Takes over claims whose holders are gone. */
  reclaimExpired(route: string, token: string): Promise<ClaimedLine[]>;
  /** Ends attempts. Resolves to whether each claim was still held. A claim that was lost changes nothing. */
  settle(route: string, attempts: readonly SettledAttempt[]): Promise<boolean[]>;
  nextDueIn(route: string, withinMs: number): Promise<DueTimes>;
  /**
   * Makes due the lines whose oldest delivery waits after a failed attempt, in the order of their times.
   *
   * @param since - Where the last call has ended. An engine may otherwise read again what that call has released.
   * @returns Where the next call starts; `undefined` if no line is left.
   */
  releaseDeferred(route: string, limit: number, since?: Date): Promise<Date | undefined>;
  /**
   * Runs statements and settles an attempt, all or nothing. Resolves to whether the claim was still held: otherwise
   * nothing was changed.
   *
   * @throws StatementError if a statement failed.
   */
  settleWith(route: string, attempt: SettledAttempt, statements: readonly Statement[]): Promise<boolean>;
  /**
   * Ends attempts at confirming callbacks, all or nothing: stores what was found, and opens the deliveries that follow.
   * Resolves to whether each claim was still held. A claim that was lost changes nothing.
   *
   * @param prompt - Names of the routes whose lines become due, because a delivery that they wait for may be overtaken.
   */
  settleConfirmed(
    route: string,
    attempts: readonly ConfirmedAttempt[],
    prompt: readonly string[],
  ): Promise<boolean[]>;
  /**
   * Opens the deliveries of callbacks to a route: existing deliveries and new deliveries. Resolves to how many it
   * opened.
   */
  open(route: string, callbacks: readonly Pick<RedeliveryRow, 'sequence' | 'orderKey'>[]): Promise<number>;
  /**
   * Gives up open deliveries of a route. Resolves to how many it gave up.
   *
   * @param chosen - How many of the oldest deliveries are given up, or the sequences of the callbacks.
   */
  giveUp(route: string, chosen: number | readonly number[]): Promise<number>;
  /** Corrects times of lines and leases that only a wrong clock can have set. Resolves to the number of changed lines. */
  correctDueTimes(route: string, limit: number): Promise<number>;
}

/** Keeps the merchants that callbacks are expected of. The engine decides what is due by its own clock. */
export interface MerchantEngine {
  /** The newest callbacks of each merchant, and its newest decisions among the older callbacks. */
  merchantHistories(asked: readonly AskedHistory[]): Promise<HistoryRow[][]>;
  /**
   * Adds merchants, or expects callbacks of known merchants. Leaves out merchants whose naming callback was erased.
   *
   * @param isTrusted - Whether the realms are known to be right. Untrusted realms replace only untrusted realms.
   * @param delayMs - Milliseconds until the check.
   * @returns The merchants whose data keys are live. The other merchants need another key.
   */
  expect(merchants: readonly NamedRecord[], isTrusted: boolean, delayMs: number): Promise<string[]>;
  /** Forgets a merchant. Waits for each call of `expect` that has begun. */
  forgetExpected(merchant: string): Promise<void>;
  /** Claims the merchant whose check has been due for longest, for a limited time. Trusted merchants go first. */
  claimMerchant(token: string, claimMs: number): Promise<ClaimedMerchantRow | undefined>;
  /** Ends a check. Does nothing if a callback was expected of the merchant meanwhile. */
  settleCheck(check: SettledCheck): Promise<void>;
  /**
   * Ends a check and stores the callback that the check has made, all or nothing. Does nothing, and resolves to false, if
   * another callback of the merchant has arrived after the `newest` callback, or if the merchant was erased.
   *
   * @param prompt - Routes on which the callback may overtake deliveries. The merchant's lines to these routes become due.
   */
  recover(
    callback: CallbackRecord,
    pulled: Uint8Array,
    check: SettledCheck,
    newest: number,
    prompt: readonly string[],
  ): Promise<boolean>;
  /** Corrects times that only a wrong clock can have set. Resolves to the number of merchants. */
  correctMerchants(limit: number): Promise<number>;
  merchantCounts(): Promise<MerchantCounts>;
  listMerchants(filter: MerchantRowFilter): Promise<ListedMerchantRow[]>;
  /** Drops merchants if no callback of theirs was expected or received since a time. */
  dropMerchants(before: Date, limit: number): Promise<number>;
  /** Drops one merchant if no callback of the merchant was expected or received since a time. */
  dropMerchant(merchant: string, before: Date): Promise<number>;
  /** Takes or renews the right to check merchants. Resolves to whether this process has it. */
  leaseSweep(holder: string, leaseMs: number): Promise<boolean>;
}

/** Merchants in the order of their pseudonyms. */
interface MerchantRowFilter {
  readonly state: ListedMerchantState | null;
  /** Only merchants after this merchant. */
  readonly after: string;
  readonly limit: number;
}

/** Writes data keys. */
export interface KeyEngine {
  /**
   * Adds an owner's key. Resolves to that key, or to the key that the owner has already; `undefined` if the master key of
   * the new key is retired.
   */
  addDataKey(owner: string, key: WrappedKey, now: Date): Promise<WrappedKey | undefined>;
  /** Begins the encryption with its first master key and data key, if the database is empty and not encrypted yet. */
  beginEncryption(check: MasterKeyCheck, owner: string, key: WrappedKey, now: Date): Promise<void>;
  replaceDataKeys(keys: readonly WrappedKey[]): Promise<void>;
}

/**
 * Maintains stored callbacks. Each call changes at most `limit` rows, and resolves to how many it changed. If it meets damaged
 * data, it changes nothing: see `isDamage`.
 */
export interface MaintenanceEngine {
  /** The first callbacks of a range, oldest first. */
  page(range: SequenceRange, limit: number): Promise<WholeCallbackRow[]>;
  /** The first callbacks of a range that can be delivered to a route. */
  redeliveriesIn(range: SequenceRange, filter: RedeliveryRows): Promise<RedeliveryRow[]>;
  /** The first bodies of a range that were received before a time, without those that have an open delivery. */
  bodiesIn(range: SequenceRange, before: Date, limit: number): Promise<BodyRow[]>;
  /** Replaces each body by its masked copy. */
  mask(copies: readonly MaskedCopy[]): Promise<void>;
  /**
   * Drops the callbacks of a range of ids, without those that have an open delivery.
   *
   * @param left - The callbacks that a later purge drops with their partition.
   */
  dropCallbacks(range: IdRange, left: LeftSequences, limit: number): Promise<number>;
  /** Drops the callbacks of a range with ids before another id, without those that have an open delivery. */
  dropCallbacksIn(range: SequenceRange, until: string, limit: number): Promise<number>;
  /** Removes all personal data from a merchant's callbacks of a range, and gives up their open deliveries. */
  eraseCallbacks(merchant: string, range: SequenceRange, limit: number): Promise<number>;
  /** Problems that the engine finds in its own files. */
  check(): Promise<string[]>;
  /** Bytes in the database's files that new data can use. */
  reusableBytes(): Promise<number>;
  /** Removes dropped data from the database files, as far as the engine can. */
  compact(): Promise<void>;
}

/**
 * The partitions of the tables that hold callbacks: callbacks that are received between two calls of `begin` are in
 * one partition.
 */
export interface PartitionEngine {
  /** Begins a partition, unless the newest partition is empty. Resolves to the number of partitions. */
  begin(): Promise<number>;
  /**
   * Drops partitions whose callbacks all have an id before another id, if no callback has an open delivery. Yields the
   * number of callbacks of each dropped partition.
   */
  drop(until: string): AsyncGenerator<number>;
  /**
   * The sequences that a purge of single callbacks leaves to a later purge of their partition. They belong to partitions
   * that have ended, from the first partition with a callback that is too young.
   */
  left(until: string): Promise<LeftSequences>;
}

/** A database under the store. The store encrypts data before it calls the engine, so the engine sees only bytes. */
export interface StoreEngine
  extends SharedEngine,
    CallbackEngine,
    DeliveryEngine,
    MerchantEngine,
    KeyEngine,
    MaintenanceEngine {
  /** Missing if the engine has no partitions. */
  readonly partitions?: PartitionEngine;
  close(): Promise<void>;
}

import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { Sender } from '../door/sender.ts';
import type { CallbackEvent } from '../verdict/callback-event.ts';
import type { Verdict } from '../verdict/judge.ts';

/** One POST as it came in, read and judged, but not yet kept. */
export interface IncomingCallback {
  /** The exact bytes. */
  readonly body: Uint8Array;
  readonly bodySha256: string;
  readonly receivedAt: Date;
  readonly sender: Sender;
  /** Two POSTs with one key are the same callback. */
  readonly dedupKey: string;
  /** What the key says of the provider's time, in milliseconds since 1970. */
  readonly providerTime?: number;
  readonly event: CallbackEvent | 'unknown';
  readonly merchantId?: string;
  readonly status?: string;
  readonly verdict: Verdict;
  readonly violations: readonly Violation[];
}

/** What a callback is handed to. */
export type Route = 'handler' | 'forward';

/** What is still there of a callback's body: its exact bytes, a masked copy of them, or neither after an erasure. */
export type Held = 'body' | 'masked' | 'nothing';

/** One callback as it is kept. */
export interface KeptCallback
  extends Omit<IncomingCallback, 'body' | 'dedupKey' | 'providerTime' | 'bodySha256' | 'sender'> {
  /** Grows with time, and stays the same however often the callback is posted. */
  readonly id: string;
  /** How many times it was posted. */
  readonly seenCount: number;
  readonly bodyBytes: number;
  /** Gone with the merchant, as are the merchant's id, the status and the violations. */
  readonly bodySha256?: string;
  readonly held: Held;
  readonly deliveries: readonly Delivery[];
}

/** One POST of a callback. Of an erased merchant nothing is left but when it came. */
export interface Receipt extends Sender {
  readonly receivedAt: Date;
}

/** One callback, with what is still there of its body. */
export interface WholeCallback extends KeptCallback {
  /** The exact bytes. They hold people's data. */
  readonly body?: Uint8Array;
  /** What of it may be shown, by the contract's classification. */
  readonly masked: unknown;
  /** The POSTs of it, the first one first; a hundred at most, however often it came. */
  readonly receipts: readonly Receipt[];
}

/** Where a delivery stands: waiting for its time, being tried, taken by the other side, or given up. */
export type DeliveryState = 'due' | 'claimed' | 'taken' | 'dead';

export interface Delivery {
  readonly route: Route;
  readonly state: DeliveryState;
  /** When it is tried next, while it is due. */
  readonly nextAt: Date;
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  readonly startedAt: Date;
  readonly endedAt?: Date;
  /** `taken`, or why not. Missing while it runs, and where it was cut off. */
  readonly outcome?: string;
}

/** The right to try one delivery. */
export interface Claim {
  readonly delivery: number;
  /** Proves that the claim is still held. */
  readonly token: string;
  readonly route: Route;
  readonly callbackId: string;
  readonly event: CallbackEvent;
  readonly verdict: Verdict;
  readonly receivedAt: Date;
  readonly body: Uint8Array;
  /** Which try it is, from 1. */
  readonly attempt: number;
}

/** How an attempt ended: taken, to be tried again at a time, or given up. */
export type Settlement =
  | { readonly state: 'taken' }
  | { readonly state: 'due'; readonly nextAt: Date; readonly outcome: string }
  | { readonly state: 'dead'; readonly outcome: string };

/** Which callbacks are listed: those that are as each of these says. */
export interface CallbackFilter {
  readonly merchantId?: string;
  readonly event?: string;
  readonly verdict?: Verdict;
  /** The id of a callback: what came in before it. The last of one list leads on to the next. */
  readonly before?: string;
  /** @default 100 */
  readonly limit?: number;
}

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

/** How the store stands, for those who watch it. */
export interface StoreFigures {
  /** When the oldest callback came in that has a delivery still open. Nothing is left out. */
  readonly oldestUndeliveredAt?: Date;
  /** Merchants, by route, whose callbacks wait for one that has failed. */
  readonly blockedKeys: number;
  /** Deliveries given up. */
  readonly deadLetters: number;
  readonly lastReceivedAt?: Date;
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

  figures(): Promise<StoreFigures>;

  /**
   * Claims the delivery that has waited longest, and counts the attempt before it is made, so that a callback that
   * brings the process down is seen. Of one merchant and route one delivery at most is claimed at a time, and only the
   * oldest that is open.
   */
  claim(now: Date): Promise<Claim | undefined>;

  /** Claims whose holder is gone. They are the caller's now, to settle. */
  takeOver(): Promise<Claim[]>;

  /** Ends an attempt. Does nothing where the claim is no longer held. */
  settle(claim: Claim, now: Date, settlement: Settlement): Promise<void>;

  /** When the next delivery falls due, if any does. */
  nextDueAt(): Promise<Date | undefined>;

  /** Writes and commits something. @throws where writing fails. */
  probe(now: Date): Promise<void>;

  /** Leaves nothing behind but the database itself. No call may follow. */
  close(): Promise<void>;
}

import type { ConfirmationState, Passage } from '../../callback/confirmation.ts';
import type { Settlement } from '../../callback/delivery.ts';
import type { FilteredState } from '../../callback/kept-callback.ts';
import type { Verdict } from '../../callback/verdict.ts';

/** A callback to be stored. Every field that may contain personal data is bytes, which are encrypted or plaintext. */
export interface CallbackRecord {
  readonly id: string;
  readonly dedupHash: Uint8Array;
  readonly event: string;
  /** The merchant's pseudonym: the same for all of its callbacks. */
  readonly merchant: string | null;
  /** The keyed hash of the case reference: the same for all callbacks of the case. */
  readonly caseReference: Uint8Array | null;
  /** The order key of the confirmation. */
  readonly orderKey: string;
  readonly verdict: Verdict;
  readonly details: Uint8Array;
  readonly body: Uint8Array;
  readonly bodyBytes: number;
  /** Equal for equal bodies. */
  readonly bodyHash: Uint8Array;
  /** Id of the data key that encrypts details, body and sender; `null` without encryption. */
  readonly dataKey: string | null;
  readonly receivedAt: Date;
  readonly sender: Uint8Array;
  /** The deliveries to its routes. */
  readonly targets: readonly DeliveryTarget[];
  readonly passage: Passage;
  readonly drift: readonly DriftRecord[];
}

/** A route that a callback is delivered to. */
export interface DeliveryTarget {
  readonly route: string;
  /** Deliveries with the same route and order key are tried one at a time. */
  readonly orderKey: string;
}

export interface DriftRecord {
  readonly hash: Uint8Array;
  readonly event: string;
  readonly details: Uint8Array;
}

/** The result of storing a callback; `undefined` if its data key was erased meanwhile. */
export type KeepResult = { readonly id: string; readonly isNew: boolean } | undefined;

/** Which callbacks are listed. `null` filters nothing. */
export interface RowFilter {
  readonly merchant: string | null;
  readonly caseReference: Uint8Array | null;
  readonly event: string | null;
  readonly verdict: Verdict | null;
  readonly confirmation: ConfirmationState | null;
  readonly receivedFrom: Date | null;
  readonly receivedUntil: Date | null;
  /** Only callbacks whose delivery to `route` has the state `state`. Without a route: whose delivery to any route has it. */
  readonly route: string | null;
  readonly state: FilteredState | null;
  /** The id of a callback: only earlier callbacks are listed. */
  readonly before: string | null;
  /** Only callbacks with a sequence above this sequence. */
  readonly after: number | null;
  /** Only callbacks up to this sequence. */
  readonly upTo: number | null;
  readonly limit: number;
}

/** Sequences above `after`, up to `upTo`. */
export interface SequenceRange {
  readonly after: number;
  readonly upTo: number;
}

/** Sequences from `leftFrom`, and before `leftUpTo`. */
export interface LeftSequences {
  readonly leftFrom: number;
  readonly leftUpTo: number;
}

/** Ids after `after`, and before `until`. */
export interface IdRange {
  readonly after: string;
  readonly until: string;
}

/** A statement of a handler, with the values of its parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly (string | number | bigint | Uint8Array | null)[];
}

/** Which callbacks are delivered to a route once more. `null` filters nothing. */
export interface RedeliveryRows {
  readonly route: string;
  /** Only callbacks whose delivery has one of these states, separated by commas: those of `RedeliveryState`. */
  readonly states: string;
  readonly merchant: string | null;
  readonly event: string | null;
  /** Only callbacks with an id after this id. An id begins with the time of receipt. */
  readonly after: string;
  /** Only callbacks with an id before this id. */
  readonly until: string;
  /** 1 to read the bodies too, or 0. */
  readonly withBodies: 0 | 1;
  readonly limit: number;
}

/** Replaces a body; `null` if the body could not be decrypted. */
export interface MaskedCopy {
  readonly sequence: number;
  readonly masked: Uint8Array | null;
}

/** The state of the deliveries to a route, for monitoring. */
export interface RouteStats {
  /** When the oldest callback with an open delivery was received; missing if there is no such callback. */
  readonly oldestUndeliveredAt?: Date;
  /** Lines whose oldest delivery has failed, and waits for its next attempt: usually one line for each merchant. */
  readonly blockedMerchants: number;
  /** Deliveries that were given up. */
  readonly deadLetters: number;
}

/** The state of the store, for monitoring. */
export interface StoreStats {
  /** When the newest POST arrived; missing before the first. */
  readonly lastReceivedAt?: Date;
  /** The routes that have open or dead deliveries. */
  readonly routes: ReadonlyMap<string, RouteStats>;
}

/** How many lines to claim at most: lines whose oldest delivery was not tried yet, and lines whose last attempt failed. */
export interface ClaimLimits {
  readonly fresh: number;
  readonly retries: number;
  /** Order keys of lines to leave out. @default none */
  readonly excluded?: readonly string[];
}

/** Milliseconds until the next line of each kind is due; 0 or less if a line is due. Missing if no line is due in time. */
export interface DueTimes {
  readonly fresh?: number;
  readonly retry?: number;
}

/** The end of an attempt at a delivery. */
export interface SettledAttempt {
  readonly orderKey: string;
  readonly token: string;
  /** Sequence of the callback. */
  readonly callback: number;
  readonly state: Settlement['state'];
  /** Milliseconds until the delivery falls due again; 0 if the delivery has ended. */
  readonly delayMs: number;
  /** Missing if no attempt was made: the claim is only given back. */
  readonly outcome?: string;
}

/** The end of an attempt at confirming a callback. */
export interface ConfirmedAttempt extends SettledAttempt {
  /** `null` if nothing was compared. */
  readonly confirmation: ConfirmationState | null;
  /** The pulled document, encrypted or not. */
  readonly pulled: Uint8Array | null;
  /** The deliveries that the callback gets. */
  readonly targets: readonly DeliveryTarget[];
}

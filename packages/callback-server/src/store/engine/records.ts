import type { Route } from '../../callback/delivery.ts';
import type { Verdict } from '../../callback/validate-callback.ts';

/** A callback to be stored. Every field that may contain personal data is bytes by now, encrypted or not. */
export interface CallbackRecord {
  readonly id: string;
  readonly dedupHash: Uint8Array;
  readonly event: string;
  /** The merchant's pseudonym: the same for all of its callbacks. */
  readonly merchant: string | null;
  /** Deliveries with the same route and order key are tried one at a time. */
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
  readonly routes: readonly Route[];
  readonly drift: readonly DriftRecord[];
}

export interface DriftRecord {
  readonly hash: Uint8Array;
  readonly event: string;
  readonly details: Uint8Array;
}

/** The result of storing a callback; `undefined` if its data key was erased meanwhile. */
export type KeepResult = { readonly id: string; readonly isNew: boolean } | undefined;

export interface RowFilter {
  readonly merchant: string | null;
  readonly event: string | null;
  readonly verdict: Verdict | null;
  /** The id of a callback: only earlier callbacks are listed. */
  readonly before: string | null;
  readonly limit: number;
}

/** Replaces a body; `null` if the body could not be decrypted. */
export interface MaskedCopy {
  readonly sequence: number;
  readonly masked: Uint8Array | null;
}

/** The state of the store, for monitoring. */
export interface StoreStats {
  /** When the oldest callback with an open delivery was received; missing if there is no such callback. */
  readonly oldestUndeliveredAt?: Date;
  /** Merchants, counted per route, whose callbacks wait behind a failed one. */
  readonly blockedKeys: number;
  /** Deliveries that were given up. */
  readonly deadLetters: number;
  readonly lastReceivedAt?: Date;
}

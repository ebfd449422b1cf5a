import type { Delivery, Route } from '../../callback/delivery.ts';
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

export interface CallbackRow {
  readonly sequence: number;
  readonly id: string;
  readonly event: string;
  readonly verdict: string;
  readonly receivedAt: Date;
  readonly seenCount: number;
  readonly bodyBytes: number;
  readonly dataKey: string | null;
  readonly details: Uint8Array | null;
  readonly hasBody: boolean;
  readonly masked: Uint8Array | null;
  readonly deliveries: readonly Delivery[];
}

export interface WholeCallbackRow extends CallbackRow {
  readonly body: Uint8Array | null;
  readonly receipts: readonly ReceiptRow[];
}

export interface ReceiptRow {
  /** The id under whose label the sender is encrypted. */
  readonly id: string;
  readonly receivedAt: Date;
  readonly dataKey: string | null;
  readonly sender: Uint8Array | null;
}

export interface ClaimRow {
  readonly delivery: number;
  readonly token: string;
  readonly route: Route;
  readonly attempt: number;
  readonly id: string;
  readonly event: string;
  readonly verdict: string;
  readonly receivedAt: Date;
  readonly body: Uint8Array | null;
  readonly dataKey: string | null;
}

export interface DriftRow {
  readonly hash: Uint8Array;
  readonly event: string;
  readonly details: Uint8Array;
  readonly since: Date;
  readonly lastAt: Date;
  readonly count: number;
  readonly exampleId: string;
}

export interface RowFilter {
  readonly merchant: string | null;
  readonly event: string | null;
  readonly verdict: Verdict | null;
  /** The id of a callback: only earlier callbacks are listed. */
  readonly before: string | null;
  readonly limit: number;
}

/** The stored body of a callback. */
export interface BodyRow {
  readonly sequence: number;
  readonly id: string;
  readonly dataKey: string | null;
  readonly body: Uint8Array;
}

/** The stored body of a repeat whose bytes differ from the first POST. */
export interface DifferingBodyRow extends BodyRow {
  readonly bodyHash: Uint8Array;
}

/** Replaces a body; `null` if the body could not be decrypted. */
export interface MaskedCopy {
  readonly sequence: number;
  readonly masked: Uint8Array | null;
}

/** A maintenance action in the audit. */
export interface AuditEntry {
  readonly at: Date;
  /** Who asked for the action. */
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, string | number>>;
}

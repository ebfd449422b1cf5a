import type { Delivery, Route } from '../../callback/delivery.ts';
import type { Verdict } from '../../callback/validate-callback.ts';

/** A callback as an engine gets it: what may hold a person's data is bytes by now, sealed or not. */
export interface CallbackRecord {
  readonly id: string;
  readonly dedupHash: Uint8Array;
  readonly event: string;
  /** Stands for the merchant, and is the same for all of its callbacks. */
  readonly merchant: string | null;
  /** One delivery is tried at a time for each route and key. */
  readonly orderKey: string;
  readonly verdict: Verdict;
  readonly details: Uint8Array;
  readonly body: Uint8Array;
  readonly bodyBytes: number;
  /** Alike for the same bytes. */
  readonly bodyHash: Uint8Array;
  /** The key that seals details and body, where one does. */
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

/** What became of a callback that was to be kept; nothing where its data key has been erased meanwhile. */
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
  /** The label that its sender is sealed under. */
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
  /** The id of a callback. */
  readonly before: string | null;
  readonly limit: number;
}

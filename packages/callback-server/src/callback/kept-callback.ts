import type { ConfirmationState } from './confirmation.ts';
import type { Delivery } from './delivery.ts';
import type { IncomingCallback } from './incoming-callback.ts';
import type { Sender } from './sender.ts';
import type { Verdict } from './verdict.ts';

/** What the store still holds of a callback's body. */
export type BodyState =
  /** The exact bytes. */
  | 'body'
  /** A masked copy, since a purge. */
  | 'masked'
  /** Nothing, since an erasure. */
  | 'nothing'
  /** Data that is damaged, or that cannot be decrypted because this server lacks its master key. */
  | 'unreadable';

/** A stored callback. */
export interface KeptCallback
  extends Omit<
    IncomingCallback,
    'body' | 'dedupKey' | 'providerTime' | 'bodySha256' | 'realmId' | 'sender' | 'verdict'
  > {
  /** Grows with time. The same for all repeats of the callback. */
  readonly id: string;
  /** What validation said. `unknown` if the stored row is damaged; the event is then `unknown` too. */
  readonly verdict: Verdict | 'unknown';
  /** Number of POSTs. */
  readonly seenCount: number;
  readonly bodyBytes: number;
  /**
   * Missing after an erasure, and if the details cannot be decrypted. The merchant's id, the case reference and the status
   * are then missing too, and the list of violations is empty.
   */
  readonly bodySha256?: string;
  readonly held: BodyState;
  /** What the confirmation has found, and when. Missing before the confirmation, and if the callback needs none. */
  readonly confirmation?: { readonly state: ConfirmationState; readonly at: Date };
  readonly deliveries: readonly Delivery[];
}

/** One POST of a callback. After an erasure only its time is left. */
export interface Receipt extends Sender {
  readonly receivedAt: Date;
}

/** A stored callback, with what is left of its body. */
export interface WholeCallback extends KeptCallback {
  /** The exact bytes. They contain personal data. */
  readonly body?: Uint8Array;
  /** The body with its personal data masked, by the contract's classification. */
  readonly masked: unknown;
  /** The document that the provider returned to the last pull, masked in the same way. Missing without a pull, and after a purge. */
  readonly pulled?: unknown;
  /** The first 100 POSTs of the callback, oldest first. */
  readonly receipts: readonly Receipt[];
}

export const filteredStates = ['open', 'dead', 'overtaken', 'missing'] as const;

/** The state of the deliveries that a list shows. `missing`: the callback has no delivery to the route. */
export type FilteredState = (typeof filteredStates)[number];

/** Which callbacks are listed: those that match every given field. */
export interface CallbackFilter {
  readonly merchantId?: string;
  /** The partner's own reference of the case. Callbacks that a version without this field has stored are not found. */
  readonly signzyAppId?: string;
  readonly event?: string;
  readonly verdict?: Verdict;
  /** What the confirmation has found. `quarantined` lists callbacks that no pull agrees with. */
  readonly confirmation?: ConfirmationState;
  /** Lists only callbacks received at this time or later, by the clock of the server. */
  readonly receivedFrom?: Date;
  /** Lists only callbacks received before this time. */
  readonly receivedUntil?: Date;
  /**
   * Lists only callbacks whose delivery to the route has this state. Without a route, a delivery to any route counts, and so
   * does the delivery to the confirmation.
   */
  readonly delivery?: { readonly route?: string; readonly state: FilteredState };
  /** The id of a callback: lists only earlier callbacks. Use the last id of a list to get the next page. */
  readonly before?: string;
  /** Maximum number of callbacks. @default 100 */
  readonly limit?: number;
}

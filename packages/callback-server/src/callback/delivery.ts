import type { CallbackEvent } from './callback-event.ts';
import type { Confirmation, ConfirmationState } from './confirmation.ts';
import type { Verdict } from './verdict.ts';

/** The state of a delivery. */
export type DeliveryState =
  /** It waits for its next attempt, or for an earlier callback of the same merchant. */
  | 'due'
  /** An attempt is running. */
  | 'claimed'
  /** The route took the callback. */
  | 'taken'
  /** The delivery was given up. */
  | 'dead'
  /** The delivery was not made, because another callback of the merchant says as much or more. */
  | 'overtaken';

export interface Delivery {
  /** Name of the route. `handler` is the handlers of this process; `forward` is the forward URL. */
  readonly route: string;
  readonly state: DeliveryState;
  /** When the merchant's oldest due delivery to the route is tried next. Only in the state `due`. */
  readonly nextAt?: Date;
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  readonly startedAt: Date;
  /** Missing while the attempt runs. */
  readonly endedAt?: Date;
  /** `taken`, or the reason of the failure. Missing while the attempt runs. */
  readonly outcome?: string;
}

/** The exclusive right to try a delivery, for a limited time. */
export interface ClaimedDelivery {
  /** Proves that the claim has not been taken over. */
  readonly token: string;
  readonly route: string;
  /** Deliveries with the same route and order key are tried one at a time. */
  readonly orderKey: string;
  /** Sequence of the callback. */
  readonly callback: number;
  readonly callbackId: string;
  readonly receivedAt: Date;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
}

/** A claimed delivery with its callback. */
export interface Claim extends ClaimedDelivery {
  readonly event: CallbackEvent;
  readonly verdict: Verdict;
  readonly body: Uint8Array;
  /** Id of the data key that encrypts the callback; `null` without encryption. */
  readonly dataKey: string | null;
  /** What the confirmation has found. Missing before the confirmation, and if the callback needs none. */
  readonly confirmation?: ConfirmationState;
  /** The pulled document, as JSON. */
  readonly pulled?: Uint8Array;
}

/** How an attempt ended. */
export type Settlement =
  /** The route took the callback. */
  | { readonly state: 'taken' }
  /** The attempt failed, and the delivery is tried again after the delay. */
  | { readonly state: 'due'; readonly retryDelayMs: number; readonly outcome: string }
  /** The attempt failed, and the delivery is given up. */
  | { readonly state: 'dead'; readonly outcome: string }
  /** No attempt was made, because another callback says as much or more. */
  | { readonly state: 'overtaken'; readonly outcome: string };

/** A claimed delivery to the route `confirm`, whose confirmation has ended. */
export interface ConfirmedDelivery {
  readonly claim: Claim;
  readonly settlement: Settlement;
  readonly confirmation: Confirmation;
}

/** A claimed delivery whose attempt has ended. */
export interface SettledDelivery {
  readonly claim: ClaimedDelivery;
  readonly settlement: Settlement;
}

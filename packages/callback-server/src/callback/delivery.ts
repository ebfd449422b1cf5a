import type { CallbackEvent } from './callback-event.ts';
import type { Verdict } from './validate-callback.ts';

/** Where a callback is delivered to: a handler of this process, or the forward URL. */
export type Route = 'handler' | 'forward';

/** The state of a delivery. */
export type DeliveryState =
  /** It waits for its next attempt. */
  | 'due'
  /** An attempt is running. */
  | 'claimed'
  /** The handler or the forward URL took the callback. */
  | 'taken'
  /** It was given up. */
  | 'dead';

export interface Delivery {
  readonly route: Route;
  readonly state: DeliveryState;
  /** When a due delivery is tried next. */
  readonly nextAt: Date;
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  readonly startedAt: Date;
  readonly endedAt?: Date;
  /** `taken`, or the reason of the failure. Missing while the attempt runs, and after it was cut off. */
  readonly outcome?: string;
}

/** The exclusive right to try a delivery, for a limited time. */
export interface Claim {
  readonly delivery: number;
  /** Proves that the claim has not been taken over. */
  readonly token: string;
  readonly route: Route;
  readonly callbackId: string;
  readonly event: CallbackEvent;
  readonly verdict: Verdict;
  readonly receivedAt: Date;
  readonly body: Uint8Array;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
}

/** How an attempt ended. */
export type Settlement =
  /** The handler or the forward URL took the callback. */
  | { readonly state: 'taken' }
  /** It failed, and is tried again at `nextAt`. */
  | { readonly state: 'due'; readonly nextAt: Date; readonly outcome: string }
  /** It failed, and the delivery is given up. */
  | { readonly state: 'dead'; readonly outcome: string };

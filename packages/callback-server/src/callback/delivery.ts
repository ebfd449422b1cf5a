import type { CallbackEvent } from './callback-event.ts';
import type { Verdict } from './validate-callback.ts';

/** What a callback is handed to. */
export type Route = 'handler' | 'forward';

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

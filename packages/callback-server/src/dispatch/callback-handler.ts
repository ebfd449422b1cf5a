import type { CallbackEvent } from '../callback/callback-event.ts';
import type { MerchantCallback } from '../callback/validate-callback.ts';

/** A callback, as a handler gets it. */
export interface ReceivedCallback {
  /** The same for every attempt: what a handler has done for an id, it need not do again. */
  readonly id: string;
  readonly event: CallbackEvent;
  /** `drift` where it differs from the contract, but can be acted upon. */
  readonly verdict: 'valid' | 'drift';
  readonly receivedAt: Date;
  /** As the provider sent it. Unsigned: confirm an accept by pulling the merchant. */
  readonly payload: MerchantCallback;
}

export interface AttemptContext {
  /** Which try it is, from 1. */
  readonly attempt: number;
  /**
   * Aborts when the attempt has run out of time. Stop then: it counts as failed, and the merchant's next may begin.
   */
  readonly signal: AbortSignal;
}

/** Takes a callback, or throws to be given it again later. May be given one more than once. */
export type CallbackHandler = (callback: ReceivedCallback, context: AttemptContext) => void | Promise<void>;

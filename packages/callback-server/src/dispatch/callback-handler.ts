import type { CallbackEvent } from '../callback/callback-event.ts';
import type { ConfirmationState } from '../callback/confirmation.ts';
import type { PulledDocument } from '../callback/pulled-document.ts';
import type { MerchantCallback } from '../callback/validate-callback.ts';
import type { HandlerTransaction } from './handler-transaction.ts';

/** A callback for a handler. */
export interface ReceivedCallback {
  /** The same for every attempt: use it to recognise a callback that was handled already. */
  readonly id: string;
  readonly event: CallbackEvent;
  /** `drift` if the callback violates the contract, but has a usable id and status. */
  readonly verdict: 'valid' | 'drift';
  readonly receivedAt: Date;
  /** The payload as it was sent. The payload is unsigned: without a confirmation, anybody may have written it. */
  readonly payload: MerchantCallback;
  /** What the comparison with the provider's own data has found. Missing if the callback need not be confirmed. */
  readonly confirmation?: ConfirmationState;
  /** The merchant's document, as the last pull returned it. It agrees, unless `confirmation` is `released`. */
  readonly pulled?: PulledDocument;
}

export interface AttemptContext {
  /** Number of this attempt, from 1. */
  readonly attempt: number;
  /**
   * Aborts when the attempt times out. Stop then: the attempt counts as failed, and the merchant's next delivery may
   * start.
   */
  readonly signal: AbortSignal;
  /** Takes writes to the server's own database that are committed together with the end of the delivery. */
  readonly transaction: HandlerTransaction;
}

/**
 * Handles a callback. Throw to get it again later. A handler may get a callback more than once, but what it writes with
 * its `transaction` is written once.
 *
 * @example
 * ```ts
 * server.on('accept', ({ id, payload }, { transaction }) => {
 *   transaction.run('INSERT INTO decisions (callback, merchant) VALUES ($1, $2)', id, payload.merchantData.id);
 * });
 * ```
 */
export type CallbackHandler = (callback: ReceivedCallback, context: AttemptContext) => void | Promise<void>;

import type { Delivery } from './delivery.ts';
import type { IncomingCallback } from './incoming-callback.ts';
import type { Sender } from './sender.ts';
import type { Verdict } from './validate-callback.ts';

/** What is still there of a callback's body: its exact bytes, a masked copy of them, or neither after an erasure. */
export type BodyState = 'body' | 'masked' | 'nothing';

/** One callback as it is kept. */
export interface KeptCallback
  extends Omit<IncomingCallback, 'body' | 'dedupKey' | 'providerTime' | 'bodySha256' | 'sender'> {
  /** Grows with time, and stays the same however often the callback is posted. */
  readonly id: string;
  /** How many times it was posted. */
  readonly seenCount: number;
  readonly bodyBytes: number;
  /** Gone with the merchant, as are the merchant's id, the status and the violations. */
  readonly bodySha256?: string;
  readonly held: BodyState;
  readonly deliveries: readonly Delivery[];
}

/** One POST of a callback. Of an erased merchant nothing is left but when it came. */
export interface Receipt extends Sender {
  readonly receivedAt: Date;
}

/** One callback, with what is still there of its body. */
export interface WholeCallback extends KeptCallback {
  /** The exact bytes. They hold people's data. */
  readonly body?: Uint8Array;
  /** What of it may be shown, by the contract's classification. */
  readonly masked: unknown;
  /** The POSTs of it, the first one first; a hundred at most, however often it came. */
  readonly receipts: readonly Receipt[];
}

/** Which callbacks are listed: those that are as each of these says. */
export interface CallbackFilter {
  readonly merchantId?: string;
  readonly event?: string;
  readonly verdict?: Verdict;
  /** The id of a callback: what came in before it. The last of one list leads on to the next. */
  readonly before?: string;
  /** @default 100 */
  readonly limit?: number;
}

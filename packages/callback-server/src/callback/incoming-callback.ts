import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { CallbackEvent } from './callback-event.ts';
import type { Sender } from './sender.ts';
import type { Verdict } from './verdict.ts';

/** One POST, read and validated, but not stored yet. */
export interface IncomingCallback {
  /** The exact bytes. */
  readonly body: Uint8Array;
  readonly bodySha256: string;
  readonly receivedAt: Date;
  readonly sender: Sender;
  /** Two POSTs with the same key are the same callback: they have the same event and the same bytes. */
  readonly dedupKey: string;
  /** The provider's time of the event, in milliseconds since 1970. */
  readonly providerTime?: number;
  readonly event: CallbackEvent | 'unknown';
  readonly merchantId?: string;
  /** The partner's own reference of the case, `signzyAppId`. */
  readonly signzyAppId?: string;
  readonly status?: string;
  readonly realmId?: string;
  readonly verdict: Verdict;
  readonly violations: readonly Violation[];
}

import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Event } from './case-status.ts';
import type { Duration } from './duration.ts';

/** How often a fault strikes, and until when. */
export interface Occurrence {
  /**
   * Number of strikes after which the fault ends. A request on which the fault finds nothing to break does not count.
   * @default as often as it applies
   */
  readonly times?: number;
  /**
   * Share of the requests or callbacks that the fault strikes, from 0 to 1. The seed decides which.
   * @default 1
   */
  readonly rate?: number;
  /**
   * Time to live, by the sandbox's clock. A fault that you forget then ends by itself.
   * @default never
   */
  readonly ttl?: Duration;
}

/** The kinds of drift, which strike responses and callbacks alike. */
export const driftKinds = {
  'drift-unknown-word': 'an enum value outside the contract',
  'drift-extra-member': 'a property outside the contract',
  'drift-missing-optional': 'one optional property is missing',
  'drift-number-as-string': 'a number as a string',
  'drift-null': 'null for an optional property',
};

export type DriftKind = keyof typeof driftKinds;

/** A violation in an otherwise valid body. Any release of the provider can bring such drift. */
export interface DriftBreakage {
  readonly kind: DriftKind;
  /**
   * JSON pointer to the changed property, such as `/result/merchantData/basicDetails/status`. For an extra property: the
   * object that receives it.
   * @default one of the possible places, selected by the seed
   */
  readonly at?: string;
}

/** What can go wrong with a request. */
export type RequestBreakage =
  | DriftBreakage
  /** An error response. Its body is the contract's body for the status, if there is one. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'throttled-403' }
  /** `retryAfterSeconds` is 1 by default. */
  | { readonly kind: 'throttled-429'; readonly retryAfterSeconds?: number }
  /** A 502, the default, or a 504 with a proxy's HTML page. */
  | { readonly kind: 'proxy-page'; readonly status?: 502 | 504 }
  /** An error response with `status` in its status line (400 by default) and `inner` in its body (422 by default). */
  | { readonly kind: 'inner-status'; readonly status?: number; readonly inner?: number }
  | { readonly kind: 'latency'; readonly delay: Duration }
  | { readonly kind: 'latency-uniform'; readonly from: Duration; readonly to: Duration }
  /** Usually close to the median, occasionally very long. */
  | { readonly kind: 'latency-long-tail'; readonly median: Duration; readonly longest: Duration }
  /** `bytesPerSecond` is 64 by default. */
  | { readonly kind: 'slow-drip'; readonly bytesPerSecond?: number }
  | {
      readonly kind:
        | 'never-answers'
        | 'reset'
        | 'lost-request'
        | 'lost-response'
        | 'cut-body'
        | 'truncated-json'
        | 'malformed-json'
        | 'wrong-content-type'
        | 'empty-body'
        | 'no-content-with-body'
        | 'stale-read'
        | 'token-expired'
        | 'token-revoked';
    };

/** What can go wrong with a callback. */
export type CallbackBreakage =
  | DriftBreakage
  | { readonly kind: 'drop' }
  /** The callback comes later by this duration. */
  | { readonly kind: 'delay'; readonly by: Duration }
  /** The callback comes once more for each copy. `copies` is 1 by default. */
  | { readonly kind: 'duplicate'; readonly copies?: number }
  /** The callback comes after the merchant's next callback, or an hour later. */
  | { readonly kind: 'reorder' }
  /** After this duration, 1 hour by default, the decision is reversed and the callback of the reversal is posted. */
  | { readonly kind: 'contradict-later'; readonly after?: Duration }
  /** `body` is `unparsable` by default. */
  | { readonly kind: 'wrong-body'; readonly body?: 'unparsable' | 'nested' | 'empty' }
  /** The callback comes as a GET without a body, as from an HTTP client that follows a redirect. */
  | { readonly kind: 'redirected' }
  /** `bytes` is the length of the padding: 8 MiB by default. */
  | { readonly kind: 'oversized'; readonly bytes?: number };

/** A fault of the provider's responses, for `faults.add`. */
export type RequestFaultSpec = RequestBreakage & Occurrence & { readonly operation: OperationId | '*' };

/** A fault of the provider's callbacks, for `faults.add`. */
export type CallbackFaultSpec = CallbackBreakage & Occurrence & { readonly callback: Event | '*' };

/** A fault to add, as plain data. */
export type FaultSpec = RequestFaultSpec | CallbackFaultSpec;

/** A fault that was added, with its history. */
export type Fault = FaultSpec & {
  readonly id: string;
  /**
   * The number of requests or callbacks that the fault applies to, including those without a strike because of
   * `rate`.
   */
  readonly considered: number;
  /** How often the fault struck. */
  readonly struck: number;
  /** In epoch milliseconds. */
  readonly expiresAt?: number;
};

export type RequestFault = Extract<Fault, { readonly operation: unknown }>;
export type CallbackFault = Extract<Fault, { readonly callback: unknown }>;
export type RequestFaultKind = RequestBreakage['kind'];
export type CallbackFaultKind = CallbackBreakage['kind'];

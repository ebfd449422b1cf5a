import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Event } from './case-status.ts';
import type { Duration } from './duration.ts';

/** How often a fault strikes, and until when. */
export interface Occurrence {
  /**
   * After so many strikes it is over. A request on which a fault finds nothing to break does not count.
   * @default as often as it applies
   */
  readonly times?: number;
  /**
   * How often it strikes where it could, from 0 to 1, by the seed.
   * @default 1
   */
  readonly rate?: number;
  /**
   * When it heals by itself, by the sandbox's clock, so that a forgotten fault does no harm for ever.
   * @default never
   */
  readonly ttl?: Duration;
}

/** Departures from the contract that any release of the provider may bring, in a body that was fine. */
export interface DriftBreakage {
  readonly kind:
    | 'drift-unknown-word'
    | 'drift-extra-member'
    | 'drift-missing-optional'
    | 'drift-number-as-string'
    | 'drift-null';
  /**
   * JSON pointer to what changes, such as `/result/merchantData/basicDetails/status`; for an extra member, where it
   * is added.
   * @default one of the places that can change, by the seed
   */
  readonly at?: string;
}

/** What can go wrong with a request. */
export type RequestBreakage =
  | DriftBreakage
  /** A refusal: with the body that the contract has for it, if it has one. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'throttled-403' }
  | { readonly kind: 'throttled-429'; readonly retryAfterSeconds?: number }
  /** A 502 or a 504 with the page of a proxy in HTML. */
  | { readonly kind: 'proxy-page'; readonly status?: 502 | 504 }
  /** A refusal whose body names another status than its status line. */
  | { readonly kind: 'inner-status'; readonly status?: number; readonly inner?: number }
  | { readonly kind: 'latency'; readonly delay: Duration }
  | { readonly kind: 'latency-uniform'; readonly from: Duration; readonly to: Duration }
  /** Mostly about the median, now and then very long. */
  | { readonly kind: 'latency-long-tail'; readonly median: Duration; readonly longest: Duration }
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
  /** It comes so much later. */
  | { readonly kind: 'delay'; readonly by: Duration }
  /** It comes once more for each copy. */
  | { readonly kind: 'duplicate'; readonly copies?: number }
  /** It comes after the merchant's next callback, or an hour later. */
  | { readonly kind: 'reorder' }
  /** The case is decided the other way so much later, and that is posted too. */
  | { readonly kind: 'contradict-later'; readonly after?: Duration }
  | { readonly kind: 'wrong-body'; readonly body?: 'unparsable' | 'nested' | 'empty' }
  /** It comes as a GET without a body, as from a client that has followed a redirect. */
  | { readonly kind: 'redirected' }
  | { readonly kind: 'oversized'; readonly bytes?: number };

/** A fault of the provider's answers to requests, to ask for. */
export type RequestFaultSpec = RequestBreakage & Occurrence & { readonly operation: OperationId | '*' };

/** A fault of the provider's callbacks, to ask for. */
export type CallbackFaultSpec = CallbackBreakage & Occurrence & { readonly callback: Event | '*' };

/** A fault to ask for, as plain data. */
export type FaultSpec = RequestFaultSpec | CallbackFaultSpec;

/** A fault that is in force, and how that went so far. */
export type Fault = FaultSpec & {
  readonly id: string;
  /** How often it could have struck. */
  readonly considered: number;
  /** How often it struck. */
  readonly struck: number;
  /** In epoch milliseconds. */
  readonly expiresAt?: number;
};

export type RequestFault = Extract<Fault, { readonly operation: unknown }>;
export type CallbackFault = Extract<Fault, { readonly callback: unknown }>;
export type RequestFaultKind = RequestBreakage['kind'];
export type CallbackFaultKind = CallbackBreakage['kind'];

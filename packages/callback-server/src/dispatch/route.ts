import type { CallbackEvent } from '../callback/callback-event.ts';
import type { Confirmation } from '../callback/confirmation.ts';
import type { Claim } from '../callback/delivery.ts';
import type { RouteFilter } from '../callback/route-filter.ts';
import type { RouteOrder } from '../callback/route-order.ts';
import type { Statement } from '../store/engine/records.ts';

/** What is committed together with the end of an attempt. */
export interface DeliveryResult {
  /** Statements of a handler. */
  readonly statements?: readonly Statement[];
  /** What the confirmation of the callback has found. */
  readonly confirmation?: Confirmation;
  /** Why no attempt was made: another callback of the merchant says as much or more. */
  readonly overtaken?: string;
  /** Why the callback was not taken, although the route works. */
  readonly notTaken?: string;
}

/** Delivers a callback. Rejects if the route does not take it. */
export type Deliver = (claim: Claim, signal: AbortSignal) => Promise<DeliveryResult | undefined>;

/** A place that callbacks are delivered to. Routes share nothing: a failing route delays no other. */
export interface Route extends RouteFilter {
  /** Stored with each delivery. */
  readonly name: string;
  /** Whether this server can deliver to the route. Otherwise the deliveries wait for another server. */
  readonly isActive: () => boolean;
  /**
   * Whether this server can deliver callbacks of the event at all. Otherwise they wait for another server.
   * @default every event
   */
  readonly canDeliver?: (event: CallbackEvent) => boolean;
  readonly deliver: Deliver;
  /** Why a callback needs no further attempt after a failed attempt; `undefined` if it needs another attempt. */
  readonly whyOvertaken?: (claim: Claim) => Promise<string | undefined>;
  /** Maximum number of attempts at the same time. */
  readonly concurrency: number;
  /** Milliseconds that one attempt may take. */
  readonly attemptTimeoutMs: number;
  /** Milliseconds to wait after each failed attempt. */
  readonly delaysMs: readonly number[];
  /**
   * Whether a delivery is given up after its last attempt. Otherwise the last delay repeats.
   * @default true
   */
  readonly givesUp?: boolean;
  /**
   * Whether attempts pause while all fail.
   * @default true
   */
  readonly hasCircuit?: boolean;
  /** @default 'strict' */
  readonly order?: RouteOrder;
  /** Closes the connection to a broker. */
  readonly close?: () => Promise<void>;
}

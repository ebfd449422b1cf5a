import type { CallbackEvent } from '../callback/callback-event.ts';
import type { Claim } from '../callback/delivery.ts';
import type { RouteFilter } from '../callback/route-filter.ts';
import type { Statement } from '../store/engine/records.ts';

/**
 * Delivers a callback. Rejects if the callback was not taken. Resolves to statements that are to be committed together
 * with the end of the delivery, if there are any.
 */
export type Deliver = (claim: Claim, signal: AbortSignal) => Promise<readonly Statement[] | undefined>;

/** A place that callbacks are delivered to. Routes share nothing: a failing route delays no other. */
export interface Route extends RouteFilter {
  /** Stored with each delivery. */
  readonly name: string;
  /** Whether this server can deliver to the route. Otherwise its deliveries wait for a server that can. */
  readonly isActive: () => boolean;
  /**
   * Whether this server can deliver callbacks of the event at all. Otherwise they wait for a server that can.
   * @default every event
   */
  readonly canDeliver?: (event: CallbackEvent) => boolean;
  readonly deliver: Deliver;
  /** Maximum number of attempts at the same time. */
  readonly concurrency: number;
  /** Milliseconds that one attempt may take. */
  readonly attemptTimeoutMs: number;
  /** Milliseconds to wait after each failed attempt. After the last attempt a delivery is given up. */
  readonly delaysMs: readonly number[];
  /** Closes the connection to a broker. */
  readonly close?: () => Promise<void>;
}

import type { Hono } from 'hono';
import type { CallbackEvent } from '../callback/callback-event.ts';
import type { CallbackFilter, KeptCallback, WholeCallback } from '../callback/kept-callback.ts';
import type { CallbackHandler } from '../dispatch/callback-handler.ts';
import type { ExpectedMerchant } from '../merchant/expected-merchant.ts';
import type { MerchantCounts } from '../store/engine/merchant-rows.ts';
import type { GivingUp } from '../store/give-up.ts';
import type { KnownMerchant, MerchantFilter } from '../store/merchants.ts';
import type { Redelivery, RedeliveryCounts } from '../store/redeliver.ts';
import type { Release } from '../store/release.ts';

/** Receives callbacks, stores them and delivers them. */
export interface CallbackServer {
  /** The receiver, to mount in your own server. `start` serves it for you. */
  readonly app: Hono;

  /**
   * Sets the handler of an event. It gets the callbacks that arrive from then on.
   *
   * @throws Error if the event has a handler already.
   * @throws TypeError if there is no such event, or if the handler is not a function.
   */
  on(event: CallbackEvent, handler: CallbackHandler): void;

  readonly callbacks: {
    /** Lists stored callbacks, newest first. */
    list(filter?: CallbackFilter): Promise<KeptCallback[]>;
    /** One callback with its exact bytes, which contain personal data. */
    get(id: string): Promise<WholeCallback | undefined>;
    /**
     * Delivers stored callbacks to a route: those that were given up, and those that arrived before the route existed.
     * Callbacks of events and realms that the route does not take are left out. With `dryRun` it only counts them.
     *
     * @throws Error if this server has no route of that name.
     */
    redeliver(request: Redelivery): Promise<RedeliveryCounts>;
    /**
     * Gives up the open deliveries of a route that is gone for good, so that a purge can drop their callbacks. Resolves to
     * their number. `redeliver` can open them again. With `dryRun` it only counts them.
     *
     * @throws Error for the route `confirm`. Without `ids`, also if this server delivers to the route, or if the route has
     * no open delivery.
     */
    giveUp(request: GivingUp): Promise<number>;
    /**
     * Delivers callbacks of the quarantine, although no pull agreed. Resolves to their number. With `dryRun` it only counts
     * them.
     *
     * @throws Error if neither the id of a callback nor a merchant is given.
     */
    release(request: Release): Promise<number>;
  };

  readonly merchants: {
    /**
     * Expects callbacks of merchants: call this method when you have created a merchant. The server pulls a merchant if no
     * callback arrives.
     *
     * @throws TypeError if a merchant lacks an id or a realm, or if an id or a realm has more than 200 characters.
     */
    expect(merchants: readonly ExpectedMerchant[]): Promise<void>;
    /** Lists known merchants, in an arbitrary order. */
    list(filter: MerchantFilter): Promise<KnownMerchant[]>;
    /** How many merchants are known, and how many have each state. */
    counts(): Promise<MerchantCounts>;
  };

  /** Metrics in Prometheus text format. */
  metrics(): Promise<string>;

  /**
   * Listens, and delivers due callbacks, including those of earlier runs.
   *
   * @throws Error if a port is taken. The server has then stopped.
   * @throws Error if the server was started before. A stopped server cannot start again.
   */
  start(): Promise<{ url: string; adminUrl: string }>;

  /** Delivers due callbacks without listening. For use with `app` in your own server. */
  dispatch(): void;

  /** Stops receiving, waits for what is in flight for at most `graceMs`, and closes the database. */
  stop(): Promise<void>;
}

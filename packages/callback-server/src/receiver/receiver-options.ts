import type { FactorOptions } from '../access/factor-options.ts';
import type { CallbackEvent } from '../callback/callback-event.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { CallbackStore } from '../store/callback-store.ts';
import type { ReadBody } from './read-body.ts';
import type { Refusal } from './refusal.ts';

/** Whether the receiver accepts callbacks. */
export type ReceiverState =
  /** Accepts callbacks, and is ready. */
  | 'open'
  /** Accepts callbacks, but is not ready: load balancers should send new callbacks elsewhere. */
  | 'draining'
  /** Accepts no callbacks, because the server is stopping. */
  | 'stopping'
  /** Accepts no callbacks, because the disk is almost full. */
  | 'disk-full';

/** One stored POST of a callback. */
export interface KeptReceipt {
  readonly id: string;
  readonly isNew: boolean;
  /** Where the callback is delivered to. Empty for a repeat. */
  readonly routes: readonly string[];
  /** Seconds from the request to the commit. */
  readonly seconds: number;
}

/** What the receiver needs from its runtime and from the rest of the server. */
export interface ReceiverOptions extends FactorOptions {
  /** Stores callbacks. The receiver acknowledges when `keep` resolves, so `keep` must resolve only after the commit. */
  readonly store: Pick<CallbackStore, 'keep' | 'probe'>;

  /**
   * Maximum length of a body in bytes.
   * @default 262_144
   */
  readonly maxBodyBytes?: number;

  /**
   * `keep` acknowledges callbacks with the verdict `invalid` or `unparsable`. `reject` responds to them with 422. They are
   * stored either way.
   * @default 'keep'
   */
  readonly invalidCallbacks?: 'keep' | 'reject';

  /**
   * Names of the routes that a callback is delivered to. Called for callbacks with a usable id and status.
   * @default none: callbacks are only stored
   */
  readonly routesOf?: (callback: {
    readonly event: CallbackEvent;
    readonly realmId?: string;
  }) => readonly string[];

  /**
   * The address of the connection, for `allowedAddresses` and the receipt. `env` is what the runtime passes to `fetch`
   * after the request.
   *
   * @default unknown, so that `allowedAddresses` needs `trustedProxyHops`
   */
  readonly connectedFrom?: (request: Request, env: unknown) => string | undefined;

  /** Reads a body in the runtime's own way. @default reads the request's web stream */
  readonly readBody?: (request: Request, maxBytes: number, env: unknown) => Promise<ReadBody>;

  /**
   * The state of the server. Called for each callback.
   * @default always `open`
   */
  readonly state?: () => ReceiverState;

  /** Called for each stored callback, before it is acknowledged. */
  readonly onKept?: (callback: IncomingCallback, kept: KeptReceipt) => void;

  /** Called for each declined callback, with every failed factor or with the single other reason. */
  readonly onRefused?: (refusal: { readonly reasons: readonly Refusal[]; readonly status: number }) => void;

  /** Called with each internal error. */
  readonly onFault?: (error: unknown) => void;
}

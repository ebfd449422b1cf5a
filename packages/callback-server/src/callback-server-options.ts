import type { CallbackServerEvent } from './callback-server-event.ts';

export interface CallbackServerOptions {
  /**
   * Where callbacks are kept: `sqlite:` and a path on a local disk, one process for each file; or a `postgres://` URL,
   * for any number of processes.
   * @default 'sqlite:./callbacks.db'
   */
  readonly databaseUrl?: string;

  /** The tokens that may stand in a callback's URL, each of 16 characters or more. Several, so that they can rotate. */
  readonly callbackTokens: readonly string[];

  /**
   * Port for the provider; 0 takes any free one.
   * @default 4020
   */
  readonly port?: number;

  /**
   * Address to listen on for the provider.
   * @default '127.0.0.1'
   */
  readonly host?: string;

  /**
   * Port of the admin API, which is served to this machine only; 0 takes any free one.
   * @default 4021
   */
  readonly adminPort?: number;

  /** Where every callback that can be acted upon is posted to, with its exact bytes. */
  readonly forwardUrl?: string;

  /** Signs what is forwarded, by Standard Webhooks: base64, with or without `whsec_` before it. */
  readonly forwardSecret?: string;

  /**
   * The longest body that is received, in bytes.
   * @default 262_144
   */
  readonly maxBodyBytes?: number;

  /**
   * Whether the provider is told of a callback that cannot be acted upon, with 422. It is kept either way.
   * @default 'keep'
   */
  readonly invalidCallbacks?: 'keep' | 'reject';

  /**
   * Milliseconds to wait after each failed attempt at a delivery; after the last it is given up, and stays listed.
   * @default 5 s, growing to a day: about three days in all
   */
  readonly deliveryDelaysMs?: readonly number[];

  /**
   * Milliseconds that a handler, or the forwarded-to side, may take for one attempt.
   * @default 30_000
   */
  readonly attemptTimeoutMs?: number;

  /**
   * Milliseconds that `stop` gives to what is in flight.
   * @default 10_000
   */
  readonly graceMs?: number;

  /** Told of what happens, for a log. Safe to ship as it is. */
  readonly onEvent?: (event: CallbackServerEvent) => void;
}

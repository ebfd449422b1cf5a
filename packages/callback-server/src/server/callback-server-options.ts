import type { FactorOptions } from '../access/factor-options.ts';
import type { Retention } from '../maintenance/purge.ts';
import type { MasterKey } from '../store/encryption/master-keys.ts';
import type { CallbackServerEvent } from './callback-server-event.ts';

export interface CallbackServerOptions extends FactorOptions {
  /**
   * Where callbacks are kept: `sqlite:` and a path on a local disk, one process for each file; or a `postgres://` URL,
   * for any number of processes.
   * @default 'sqlite:./callbacks.db'
   */
  readonly databaseUrl?: string;

  /**
   * Seal what is a person's before it is kept, with AES-256-GCM and a key of each merchant's. The first wraps what is
   * new; the others open what is older, so that they can rotate.
   * @default none: everything is kept in the clear
   */
  readonly masterKeys?: readonly MasterKey[];

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
   * How many connections there may be at a time, on each port.
   * @default 1000
   */
  readonly maxConnections?: number;

  /**
   * Port of the admin API; 0 takes any free one.
   * @default 4021
   */
  readonly adminPort?: number;

  /**
   * Address to listen on for the operator. One that other machines can reach needs `adminTokens`.
   * @default '127.0.0.1'
   */
  readonly adminHost?: string;

  /** Tokens, each of 16 characters or more, of which the operator must show one as `Authorization: Bearer`. */
  readonly adminTokens?: readonly string[];

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
   * DiskSpace on the database's disk, in bytes, below which nothing new is taken. No more than a twentieth of the disk is
   * held back.
   * @default 268_435_456
   */
  readonly diskReserveBytes?: number;

  /** How long things are kept, once a purge is asked for. */
  readonly retention?: Retention;

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
   * Milliseconds for which `stop` goes on receiving, while it is not ready any more and load balancers turn away.
   * @default 0
   */
  readonly drainMs?: number;

  /**
   * Milliseconds that `stop` then gives to what is in flight.
   * @default 10_000
   */
  readonly graceMs?: number;

  /** Told of what happens, for a log. Safe to ship as it is. */
  readonly onEvent?: (event: CallbackServerEvent) => void;

  /**
   * Told when nobody can know any more what is on disk: after a failed flush, for example.
   * @default ends the process with 74, because only a new start can tell
   */
  readonly onFatal?: () => void;
}

import type { RouteOrder } from '../../callback/route-order.ts';

/** A key that wraps data keys. It is never stored in the database. */
export interface MasterKey {
  /** Distinguishes the keys while they rotate. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** What the opener of a store may do with its database. */
export type StoreAccess =
  /** Create the database if it is missing, and migrate it. */
  | 'create'
  /** Change an existing database, which no server has open. A missing database is an error. */
  | 'existing'
  /** Read an existing database, which a server may have open, and add to its audit. */
  | 'read';

/** Something that the store notices when it opens, and that an operator should know. */
export type StoreNotice =
  /** Another process migrates the database. The store waits for it, up to this time. */
  | { readonly code: 'WAITS_FOR_MIGRATION'; readonly milliseconds: number }
  /** Other master keys than this store's first master key wrap data keys too: their ids. */
  | { readonly code: 'MASTER_KEYS_DIFFER'; readonly masterKeys: readonly string[] }
  /** Deliveries wait for routes that this server does not have: their names. */
  | { readonly code: 'ROUTES_MISSING'; readonly routes: readonly string[] };

export interface StoreOptions {
  /** @default 'create' */
  readonly access?: StoreAccess;

  /**
   * Master keys that encrypt personal data in the database, with AES-256-GCM and a data key per merchant. The first master
   * key wraps new data keys. The other master keys unwrap older data keys, so that master keys can rotate.
   * @default no encryption
   */
  readonly masterKeys?: readonly MasterKey[];

  /**
   * Called when the state on disk is unknown, for example after a failed flush. The store commits nothing more. End the
   * process: only a restart can find out what is on disk.
   */
  readonly onFatal: (error: unknown) => void;

  /**
   * Milliseconds until an unsettled claim expires, if several processes share the database. Must exceed the time of an
   * attempt.
   * @default 60_000
   */
  readonly leaseMs?: number;

  /**
   * Milliseconds to wait for the migration of another process.
   * @default 30_000
   */
  readonly maxLockWaitMs?: number;

  /**
   * The order of each route whose order is not `strict`, by the route's name.
   * @default every route is strict
   */
  readonly orders?: ReadonlyMap<string, RouteOrder>;

  /** Called with what the store notices when it opens. */
  readonly onNotice?: (notice: StoreNotice) => void;

  /** Called after each commit with the number of its rows and its duration. */
  readonly onCommit?: (rows: number, milliseconds: number) => void;
}

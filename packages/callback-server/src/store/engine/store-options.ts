import type { MasterKey } from '../encryption/master-keys.ts';

/** What a store needs of those who run it. */
export interface StoreOptions {
  /**
   * Seal what is a person's before it is kept. The first wraps what is new; the others open what is older, so that they
   * can rotate. Without any, everything is kept in the clear.
   */
  readonly masterKeys?: readonly MasterKey[];

  /**
   * Told when nobody can know any more what is on disk: after a failed flush, for example. The store keeps nothing from
   * then on. End the process: only a new start can tell.
   */
  readonly onFatal: (error: unknown) => void;

  /**
   * Milliseconds that a claim stays good, where several processes share the database; longer than an attempt takes.
   * After that its holder is taken for gone.
   * @default 60_000
   */
  readonly leaseMs?: number;

  /** Told of each commit: how many callbacks it kept or changed, and how long it took. */
  readonly onCommit?: (rows: number, milliseconds: number) => void;
}

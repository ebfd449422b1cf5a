/** What a store needs of those who run it. */
export interface StoreOptions {
  /**
   * Told when nobody can know any more what is on disk: after a failed flush, for example. The store keeps nothing from
   * then on. End the process: only a new start can tell.
   */
  readonly onFatal: (error: unknown) => void;

  /** Told of each commit: how many callbacks it kept or changed, and how long it took. */
  readonly onCommit?: (rows: number, milliseconds: number) => void;
}

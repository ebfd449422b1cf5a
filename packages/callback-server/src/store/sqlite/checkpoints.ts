import type { DatabaseSync } from 'node:sqlite';

/** By then the write-ahead log has grown to some 20 MB. */
const dueAfter = { bodyBytes: 4 * 2 ** 20, commits: 256 };

/** Moves what is committed from the write-ahead log into the database itself. */
export interface Checkpoints {
  /**
   * Counts a commit, and moves all that is there when it is time.
   *
   * @throws where moving fails.
   */
  count(bodyBytes: number): void;
  /** Moves all that is there, and leaves an empty log. */
  empty(): void;
}

/**
 * Checkpoints are ours to make, and not SQLite's own: it would keep quiet about one that fails, and try it again, when
 * what the first flush lost can no longer be told.
 */
export function createCheckpoints(database: DatabaseSync): Checkpoints {
  let bytes = 0;
  let commits = 0;
  return {
    count: (bodyBytes) => {
      bytes += bodyBytes;
      commits += 1;
      if (bytes < dueAfter.bodyBytes && commits < dueAfter.commits) return;
      database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      bytes = 0;
      commits = 0;
    },
    empty: () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
  };
}

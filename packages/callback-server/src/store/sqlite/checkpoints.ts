import type { DatabaseSync } from 'node:sqlite';

/** A checkpoint is due after so many bytes or commits. The write-ahead log has then grown to about 20 MB. */
const dueAfter = { bodyBytes: 4 * 2 ** 20, commits: 256 };

export type Checkpoints = ReturnType<typeof createCheckpoints>;

/**
 * Moves committed data from the write-ahead log into the database file, instead of SQLite's own checkpoints. SQLite hides a failed checkpoint and tries it again, although data that the first
 * flush lost stays lost.
 */
export function createCheckpoints(database: DatabaseSync) {
  let bytes = 0;
  let commits = 0;
  return {
    /**
     * Counts a commit, and makes a checkpoint when it is due.
     *
     * @throws if the checkpoint fails.
     */
    count: (bodyBytes: number) => {
      bytes += bodyBytes;
      commits += 1;
      if (bytes < dueAfter.bodyBytes && commits < dueAfter.commits) return;
      database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      bytes = 0;
      commits = 0;
    },
    /** Makes a checkpoint, and truncates the log. */
    empty: () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
  };
}

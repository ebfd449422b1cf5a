import type { DatabaseSync } from 'node:sqlite';

/** Bytes of the write-ahead log after which a checkpoint is due. The index of a longer log would need more memory. */
const dueAfterBytes = 12 * 2 ** 20;
/** Bytes of the log after which a checkpoint waits for readers, so that the log can begin again. */
const maxLogBytes = 3 * dueAfterBytes;
/** Bytes after which such a checkpoint is tried again, if a reader has prevented it. */
const againAfterBytes = 2 ** 20;
/** How long a checkpoint waits for readers. Callbacks to be stored wait meanwhile. */
const readersTimeoutMs = 50;

/**
 * Moves committed data from the write-ahead log into the database file, instead of SQLite's own checkpoints. SQLite hides
 * a failed checkpoint and tries it again, although data that the first flush lost stays lost.
 *
 * @param busyTimeoutMs - How long the database's other statements wait for another process.
 */
export function createCheckpoints(database: DatabaseSync, schemas: readonly string[], busyTimeoutMs: number) {
  const logs = schemas.map((schema) => createLog(database, schema));
  const withoutWaiting = <Result>(run: () => Result): Result => {
    database.exec(`PRAGMA busy_timeout = ${readersTimeoutMs}`);
    try {
      return run();
    } finally {
      database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    }
  };
  return {
    /** Measures the logs. */
    areDue: () => logs.map((log) => log.measure()).includes(true),
    /**
     * Makes the checkpoints that are due by the last measurement.
     *
     * @throws if a checkpoint fails.
     */
    makeDue: () => {
      for (const log of logs) {
        const mode = log.dueMode();
        if (mode) withoutWaiting(() => log.checkpoint(mode));
      }
    },
    makeAll: () => {
      for (const log of logs) withoutWaiting(() => log.checkpoint('PASSIVE'));
    },
    /** Makes checkpoints, and truncates the logs. Returns whether no reader prevented that. */
    empty: () => withoutWaiting(() => logs.every((log) => log.checkpoint('TRUNCATE'))),
  };
}

function createLog(database: DatabaseSync, schema: string) {
  const pageSize = Number(database.prepare(`PRAGMA ${schema}.page_size`).get()?.['page_size']);
  const count = database.prepare(`PRAGMA ${schema}.wal_checkpoint(NOOP)`);
  const [dueAfter, maxPages] = [dueAfterBytes / pageSize, maxLogBytes / pageSize];
  const againAfter = againAfterBytes / pageSize;
  let pages = 0;
  let dueAt = dueAfter;
  return {
    /** Returns whether a checkpoint is due. */
    measure: () => {
      const counted = Number(count.get()?.['log']);
      // The log has begun again.
      if (counted < pages) dueAt = dueAfter;
      pages = counted;
      return pages >= dueAt;
    },
    dueMode: () => {
      if (pages < dueAt) return undefined;
      return pages < maxPages ? 'PASSIVE' : 'RESTART';
    },
    checkpoint: (mode: 'PASSIVE' | 'RESTART' | 'TRUNCATE') => {
      const done = database.prepare(`PRAGMA ${schema}.wal_checkpoint(${mode})`).get();
      const isBusy = done?.['busy'] !== 0;
      dueAt = Number(done?.['log']) + (isBusy ? againAfter : dueAfter);
      return !isBusy;
    },
  };
}

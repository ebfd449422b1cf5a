import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readSync,
  renameSync,
  type Stats,
  statSync,
} from 'node:fs';
import { lockPath } from './lock-database.ts';
import { type StoreFileError, type StoreFileFault, storeFileError } from './store-file-error.ts';

/** Other files than the database and its log, and the right to write, are checked at most this often. */
const allEveryMs = 100;
const writeBits = 0o222;

export type FileWatch = ReturnType<typeof watchFiles>;

/**
 * Finds out whether the open files of a database are still the files at its paths. SQLite does not check this: it continues
 * to write into a deleted file.
 *
 * @param paths - The paths of the databases, without symbolic links.
 * @param maxLogBytes - SQLite truncates a longer log to this size.
 */
export function watchFiles(paths: readonly string[], maxLogBytes: number) {
  const databases = paths.map((path) => watchFile(path, isUnchanged));
  const logs = paths.map((path) => watchLog(`${path}-wal`, maxLogBytes));
  const others = [...paths.map((path) => `${path}-shm`), ...paths.slice(0, 1).map(lockPath)]
    .filter((path) => statOf(path))
    .map((path) => watchFile(path, () => true));
  let allAt = 0;
  const checkAll = () => {
    for (const file of [...databases, ...logs, ...others]) file.check();
    for (const { path } of databases) if (!isWritable(path)) throw storeFileError('read-only', path);
    allAt = performance.now();
  };
  return {
    /** @throws StoreFileError if another program has changed a file. */
    check: () => {
      if (performance.now() - allAt > allEveryMs) return checkAll();
      for (const file of [...databases, ...logs]) file.check();
    },
    checkAll,
    /** Expects the sizes and times that the files have now: this thread has written them. */
    accept: () => {
      for (const file of [...databases, ...logs]) file.accept();
    },
    close: () => {
      for (const log of logs) log.close();
    },
    /**
     * Moves the log of a replaced database away. SQLite would apply the log to the file that replaced the database, and
     * damage it.
     */
    setAsideLogs: (error: StoreFileError) => {
      if (error.fault !== 'replaced') return;
      for (const [index, log] of logs.entries())
        if (databases[index]?.fault() === 'replaced' && log.fault() === undefined)
          renameSync(log.path, `${log.path}-of-replaced-${Date.now()}`);
    },
  };
}

function watchFile(path: string, isIntact: (now: Stats, was: Stats) => boolean) {
  let was = statOf(path);
  const faultIn = (now: Stats | undefined): StoreFileFault | undefined => {
    if (!now || !was) return 'missing';
    if (now.ino !== was.ino || now.dev !== was.dev) return 'replaced';
    if ((was.mode & writeBits & ~now.mode) !== 0) return 'read-only';
    if (isIntact(now, was)) return undefined;
    return now.size < was.size ? 'truncated' : 'changed';
  };
  return {
    path,
    fault: () => faultIn(statOf(path)),
    check: () => {
      const now = statOf(path);
      const fault = faultIn(now);
      if (fault) throw storeFileError(fault, path);
      // A log that has grown must not shrink again.
      was = now;
    },
    /** Accepts a new size and time, but no other file. */
    accept: () => {
      const now = statOf(path);
      if (now && was && now.ino === was.ino && now.dev === was.dev) was = now;
    },
  };
}

/** The first bytes of a log, in either byte order of its checksums. */
const logBegins = [0x377f0682, 0x377f0683];

function watchLog(path: string, maxBytes: number) {
  const descriptor = openSync(path, 'r');
  const start = Buffer.alloc(4);
  const hasStart = () => {
    readSync(descriptor, start, 0, 4, 0);
    return logBegins.includes(start.readUInt32BE());
  };
  const log = watchFile(path, (now, was) => {
    if (now.size < Math.min(was.size, maxBytes)) return false;
    // A commit into a truncated log leaves a hole at its start, and makes it long again.
    return now.size === 0 || hasStart();
  });
  return { ...log, close: () => closeSync(descriptor) };
}

/** Only this thread's checkpoints write the database file. */
function isUnchanged(now: Stats, was: Stats): boolean {
  return now.size === was.size && now.mtimeMs === was.mtimeMs;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // The folder cannot be searched any more.
    return undefined;
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

/** A disk, in bytes. */
export interface DiskSpace {
  readonly bytes: number;
  readonly freeBytes: number;
}

/** How much room is left where callbacks are kept. */
export interface DiskWatch {
  /** Bytes that may still be written, as of about a second ago. */
  freeBytes(): number;
  /** Whether so little is left that nothing new is to be taken. What is kept is still handed on. */
  isLow(): boolean;
  stop(): void;
}

const everyMs = 1000;

/** Looks at a disk again and again. @param reserveBytes - What is to be left free. */
export function watchDisk(folder: string, reserveBytes: number): DiskWatch {
  let room = diskSpaceOf(statfsSync(folder));
  const look = () =>
    statfs(folder).then(
      (stats) => {
        room = diskSpaceOf(stats);
      },
      // What cannot be read tells nothing, and a write will tell all.
      () => {},
    );
  const timer = setInterval(look, everyMs).unref();
  return {
    freeBytes: () => room.freeBytes,
    isLow: () => room.freeBytes < reserveOf(room, reserveBytes),
    stop: () => clearInterval(timer),
  };
}

export function diskSpaceOf(stats: { bsize: number; blocks: number; bavail: number }): DiskSpace {
  return { bytes: stats.blocks * stats.bsize, freeBytes: stats.bavail * stats.bsize };
}

/** What is held back of a disk: no more than a twentieth, so that a small one is not refused for its size. */
export function reserveOf({ bytes }: DiskSpace, reserveBytes: number): number {
  return Math.min(reserveBytes, bytes / 20);
}

import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

/** How much room is left where callbacks are kept. */
export interface DiskWatch {
  /** Bytes that may still be written, as of about a second ago. */
  freeBytes(): number;
  /** Whether so little is left that nothing new is to be taken. What is kept is still handed on. */
  isLow(): boolean;
  stop(): void;
}

const everyMs = 1000;

/** A small disk is not to be refused for its size, so the reserve is never more of it than this. */
export const mostOfDisk = 0.05;

/** @param reserveBytes - What is to be left free; no more than a twentieth of the disk is held back. */
export function watchDisk(folder: string, reserveBytes: number): DiskWatch {
  let disk = roomOf(statfsSync(folder));
  const look = () =>
    statfs(folder).then(
      (stats) => {
        disk = roomOf(stats);
      },
      // What cannot be read tells nothing, and a write will tell all.
      () => {},
    );
  const timer = setInterval(look, everyMs).unref();
  return {
    freeBytes: () => disk.freeBytes,
    isLow: () => disk.freeBytes < Math.min(reserveBytes, disk.bytes * mostOfDisk),
    stop: () => clearInterval(timer),
  };
}

/** The size of a disk, and what of it is left for us. */
export function roomOf(stats: { bsize: number; blocks: number; bavail: number }): {
  bytes: number;
  freeBytes: number;
} {
  return { bytes: stats.blocks * stats.bsize, freeBytes: stats.bavail * stats.bsize };
}

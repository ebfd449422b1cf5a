import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

/** The size of a disk and its free space. */
export interface DiskSpace {
  readonly bytes: number;
  readonly freeBytes: number;
}

/** Watches the free space on the disk of the database. */
export interface DiskWatch {
  /** Bytes that can still be written, as of about a second ago. */
  freeBytes(): number;
  /** Whether the free space is below the reserve, so that no new callback is accepted. Deliveries continue. */
  isLow(): boolean;
  stop(): void;
}

const everyMs = 1000;

/** @param reserveBytes - Space to keep free. */
export function watchDisk(folder: string, reserveBytes: number): DiskWatch {
  let space = diskSpaceOf(statfsSync(folder));
  const measure = () =>
    statfs(folder).then(
      (stats) => {
        space = diskSpaceOf(stats);
      },
      // Keeps the last measurement: if the disk is gone, the next write fails anyway.
      () => {},
    );
  const timer = setInterval(measure, everyMs).unref();
  return {
    freeBytes: () => space.freeBytes,
    isLow: () => space.freeBytes < reserveOf(space, reserveBytes),
    stop: () => clearInterval(timer),
  };
}

export function diskSpaceOf(stats: { bsize: number; blocks: number; bavail: number }): DiskSpace {
  return { bytes: stats.blocks * stats.bsize, freeBytes: stats.bavail * stats.bsize };
}

/** The reserve on a disk: at most a twentieth of it, so that a small disk can be used at all. */
export function reserveOf({ bytes }: DiskSpace, reserveBytes: number): number {
  return Math.min(reserveBytes, bytes / 20);
}

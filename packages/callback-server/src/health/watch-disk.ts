import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

export interface DiskSpace {
  readonly bytes: number;
  readonly freeBytes: number;
}

const everyMs = 1000;

/**
 * Watches the free space on the disk of the database.
 *
 * @param reserveBytes - Space to keep free.
 */
export function watchDisk(folder: string, reserveBytes: number) {
  let space = diskSpaceOf(statfsSync(folder));
  const measure = async () => {
    try {
      space = diskSpaceOf(await statfs(folder));
    } catch {
      // Keeps the last measurement: if the disk is gone, the next write fails anyway.
    }
  };
  const timer = setInterval(measure, everyMs).unref();
  return {
    /** Bytes that can still be written, as of about a second ago. */
    freeBytes: () => space.freeBytes,
    /** Whether the free space is below the reserve, so that no new callback is accepted. Deliveries continue. */
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

import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

export interface DiskSpace {
  readonly bytes: number;
  readonly freeBytes: number;
  /** Bytes in the database's files that new data can use. */
  readonly reusableBytes: number;
}

const everyMs = 1000;

/**
 * Watches the free space on the disk of the database.
 *
 * @param reserveBytes - Space to keep free.
 * @param measureReusable - Measures the space within the database's files.
 */
export function watchDisk(folder: string, reserveBytes: number, measureReusable: () => Promise<number>) {
  let space: DiskSpace = { ...diskSpaceOf(statfsSync(folder)), reusableBytes: 0 };
  const isLow = () => isSpaceLow(space, reserveBytes);
  const measure = async () => {
    try {
      space = { ...space, ...diskSpaceOf(await statfs(folder)) };
      // With enough free space the rest does not matter.
      if (isSpaceLow({ ...space, reusableBytes: 0 }, reserveBytes))
        space = { ...space, reusableBytes: await measureReusable() };
    } catch {
      // Keeps the last measurement: if the disk is gone, the next write fails anyway.
    }
  };
  void measure();
  const timer = setInterval(measure, everyMs).unref();
  return {
    /** Bytes that can still be written, as of about a second ago. */
    freeBytes: () => space.freeBytes,
    /** Whether there is too little space, so that no new callback is accepted. Deliveries continue. */
    isLow,
    stop: () => clearInterval(timer),
  };
}

export function diskSpaceOf(stats: { bsize: number; blocks: number; bavail: number }) {
  return { bytes: stats.blocks * stats.bsize, freeBytes: stats.bavail * stats.bsize };
}

/** The reserve on a disk: at most a twentieth of it, so that a small disk can be used at all. */
export function reserveOf({ bytes }: Pick<DiskSpace, 'bytes'>, reserveBytes: number): number {
  return Math.min(reserveBytes, bytes / 20);
}

/**
 * Whether there is less space than the reserve. Space in the database's files counts as free, but an eighth of the
 * reserve must be free on the disk: the write-ahead log needs this space.
 */
export function isSpaceLow(space: DiskSpace, reserveBytes: number): boolean {
  const reserve = reserveOf(space, reserveBytes);
  return space.freeBytes + space.reusableBytes < reserve || space.freeBytes < reserve / 8;
}

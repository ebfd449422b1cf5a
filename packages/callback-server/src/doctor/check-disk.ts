import { statfs } from 'node:fs/promises';
import { type DiskSpace, diskSpaceOf, reserveOf } from '../health/watch-disk.ts';
import { type Finding, failure, ok, warning } from './finding.ts';

/** Checks that the disk has room for more callbacks. */
export async function checkDisk(folder: string, reserveBytes: number): Promise<Finding> {
  return assessDiskSpace(diskSpaceOf(await statfs(folder)), reserveBytes);
}

export function assessDiskSpace(space: DiskSpace, reserveBytes: number): Finding {
  const { bytes, freeBytes } = space;
  const reserve = reserveOf(space, reserveBytes);
  const measured = `${inMiB(freeBytes)} of ${inMiB(bytes)} are free`;
  if (freeBytes < reserve)
    return failure(
      `${measured}, less than the reserve of ${inMiB(reserve)}: no callback is accepted. Purge, or enlarge the disk.`,
    );
  if (freeBytes < 4 * reserve)
    return warning(
      `${measured}. Below ${inMiB(reserve)} no callback is accepted. Purge, or enlarge the disk.`,
    );
  return ok(measured);
}

function inMiB(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 30 ? 1 : 0)} MiB`;
}

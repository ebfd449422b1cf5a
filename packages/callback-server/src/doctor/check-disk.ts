import { statfs } from 'node:fs/promises';
import { type DiskSpace, diskSpaceOf, isSpaceLow, reserveOf } from '../health/watch-disk.ts';
import { type Finding, failure, ok, warning } from './finding.ts';

/** @param reusableBytes - Bytes in the database's files that new data can use. */
export async function checkDisk(folder: string, reserveBytes: number, reusableBytes = 0): Promise<Finding> {
  return assessDiskSpace({ ...diskSpaceOf(await statfs(folder)), reusableBytes }, reserveBytes);
}

export function assessDiskSpace(space: DiskSpace, reserveBytes: number): Finding {
  const { bytes, freeBytes, reusableBytes } = space;
  const reserve = reserveOf(space, reserveBytes);
  const reusable = reusableBytes > 0 ? `, and ${inMiB(reusableBytes)} in the database` : '';
  const measured = `${inMiB(freeBytes)} of ${inMiB(bytes)} are free${reusable}`;
  if (isSpaceLow(space, reserveBytes))
    return failure(
      `${measured}, less than the reserve of ${inMiB(reserve)}: no callback is accepted. Purge, or enlarge the disk.`,
    );
  if (freeBytes + reusableBytes < 4 * reserve)
    return warning(
      `${measured}. Below ${inMiB(reserve)} no callback is accepted. Purge, or enlarge the disk.`,
    );
  return ok(measured);
}

function inMiB(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 30 ? 1 : 0)} MiB`;
}

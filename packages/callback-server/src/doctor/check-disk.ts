import { statfs } from 'node:fs/promises';
import { type DiskSpace, diskSpaceOf, reserveOf } from '../health/watch-disk.ts';
import type { Finding } from './finding.ts';

/** Whether there is room for more callbacks. */
export async function checkDisk(folder: string, reserveBytes: number): Promise<Finding> {
  return assessDiskSpace(diskSpaceOf(await statfs(folder)), reserveBytes);
}

export function assessDiskSpace(room: DiskSpace, reserveBytes: number): Finding {
  const { bytes, freeBytes } = room;
  const reserve = reserveOf(room, reserveBytes);
  const measured = `${show(freeBytes)} of ${show(bytes)} are free`;
  if (freeBytes < reserve)
    return {
      check: 'disk',
      level: 'failure',
      message: `${measured}, less than the reserve of ${show(reserve)}: nothing is received. Purge, or enlarge the disk.`,
    };
  if (freeBytes < 4 * reserve)
    return {
      check: 'disk',
      level: 'warning',
      message: `${measured}. Below ${show(reserve)} nothing is received.`,
    };
  return { check: 'disk', level: 'ok', message: measured };
}

function show(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 30 ? 1 : 0)} MiB`;
}

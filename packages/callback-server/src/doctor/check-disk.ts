import { statfs } from 'node:fs/promises';
import { type Room, reserveOf, roomOf } from '../health/watch-disk.ts';
import type { Finding } from './finding.ts';

/** Whether there is room for more callbacks. */
export async function checkDisk(folder: string, reserveBytes: number): Promise<Finding> {
  return judgeRoom(roomOf(await statfs(folder)), reserveBytes);
}

export function judgeRoom(room: Room, reserveBytes: number): Finding {
  const { bytes, freeBytes } = room;
  const reserve = reserveOf(room, reserveBytes);
  const measured = `${show(freeBytes)} of ${show(bytes)} are free`;
  if (freeBytes < reserve)
    return {
      about: 'disk',
      grade: 'failure',
      says: `${measured}, less than the reserve of ${show(reserve)}: nothing is received. Purge, or enlarge the disk.`,
    };
  if (freeBytes < 4 * reserve)
    return {
      about: 'disk',
      grade: 'warning',
      says: `${measured}. Below ${show(reserve)} nothing is received.`,
    };
  return { about: 'disk', grade: 'ok', says: measured };
}

function show(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 30 ? 1 : 0)} MiB`;
}

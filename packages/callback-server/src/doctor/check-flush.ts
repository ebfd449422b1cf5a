import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

const rounds = 64;
/** No disk that keeps what it is told to keep answers faster than this, in milliseconds. */
const plausibleMs = 0.03;
/** Beyond this, a callback waits long for its 200. */
const slowMs = 50;

/** How long the disk takes to flush, and whether that can be true. Every 200 stands on it. */
export async function checkFlush(folder: string): Promise<Finding> {
  const path = join(folder, `.callback-server-doctor-${process.pid}`);
  const file = await open(path, 'wx', 0o600);
  try {
    return assessFlush(await measureFlushes(file));
  } finally {
    await file.close();
    await rm(path);
  }
}

/** @param times - In milliseconds. */
export function assessFlush(times: readonly number[]): Finding {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const [median, slowest] = [at(0.5), at(0.99)];
  const measured = `a flush takes ${show(median)}, and ${show(slowest)} at the slowest`;
  if (median < plausibleMs)
    return {
      check: 'flush',
      level: 'warning',
      message: `${measured}: too fast to be true. A disk in memory, or one that only says that it has flushed, loses callbacks with the power. Use a disk that flushes.`,
    };
  if (median > slowMs)
    return {
      check: 'flush',
      level: 'warning',
      message: `${measured}. Each callback waits for one: use a faster disk.`,
    };
  return { check: 'flush', level: 'ok', message: measured };
}

async function measureFlushes(file: FileHandle): Promise<number[]> {
  const page = randomBytes(4096);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await file.write(page, 0, page.length, round * page.length);
    const start = performance.now();
    await file.datasync();
    times.push(performance.now() - start);
  }
  return times;
}

function show(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 1 ? 3 : 1)} ms`;
}

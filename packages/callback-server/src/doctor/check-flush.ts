import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, ok, warning } from './finding.ts';

const rounds = 64;
/** No disk that really keeps its data flushes faster than this, in milliseconds. */
const minPlausibleMs = 0.03;
/** Above this, a callback waits long for its 200. In milliseconds. */
const maxFastMs = 50;

/** Measures how long the disk takes to flush, and whether that is plausible. Every 200 depends on a flush. */
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
  const quantile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const [median, slowest] = [quantile(0.5), quantile(0.99)];
  const measured = `a flush takes ${inMs(median)} at the median, ${inMs(slowest)} at the 99th percentile`;
  if (median < minPlausibleMs)
    return warning(
      `${measured}: too fast to be true. A disk in memory, or one that only claims to flush, loses callbacks when the power fails. Use a disk that flushes.`,
    );
  if (median > maxFastMs) return warning(`${measured}. Each callback waits for a flush: use a faster disk.`);
  return ok(measured);
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

function inMs(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 1 ? 3 : 1)} ms`;
}

import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import type { FaultRun, Figure } from './fault-table.ts';
import { missing } from './workbench/missing.ts';
import { startSenders } from './workbench/senders.ts';
import { type ServerProcess, startServer } from './workbench/server-process.ts';
import { mountSmallDisk, type SmallDisk } from './workbench/small-disk.ts';
import { sqliteDatabase } from './workbench/sqlite-databases.ts';

const episodesPerDisk = 10;
const megabytes = 128;
const backWithinMs = 2000;

/** Fills the disk under load, and frees it: meanwhile nothing is acknowledged that is not kept, and then all goes on. */
export async function diskFull({ cycles, seed, onProgress }: FaultRun): Promise<Figure> {
  const random = seededRandom(seed);
  const totals = { acknowledged: 0, refused: 0, lost: 0, slowest: 0, others: new Set<number>() };
  for (let done = 0; done < cycles; done += episodesPerDisk) {
    const disk = mountSmallDisk(megabytes);
    try {
      await fillOften(disk, Math.min(episodesPerDisk, cycles - done), random, totals);
    } finally {
      disk.remove();
    }
    onProgress(done + episodesPerDisk);
  }
  const { acknowledged, refused, lost, slowest, others } = totals;
  return {
    holds: lost === 0 && slowest <= backWithinMs && others.size === 0 && acknowledged > cycles,
    text: `${cycles} times full, ${acknowledged} acknowledged, ${refused} answered 503, ${lost} lost, serving again within ${Math.ceil(slowest)} ms, other answers: ${[...others].join(' ') || 'none'}`,
  };
}

interface Totals {
  acknowledged: number;
  refused: number;
  lost: number;
  slowest: number;
  readonly others: Set<number>;
}

async function fillOften(
  disk: SmallDisk,
  episodes: number,
  random: () => number,
  totals: Totals,
): Promise<void> {
  const database = sqliteDatabase(disk.folder);
  const senders = startSenders(8);
  const server = await startWithoutReserve(database.url);
  senders.aim(server.url);
  for (let episode = 0; episode < episodes; episode++) {
    await senders.next(200);
    await delay(100 * random());
    disk.fill();
    await senders.next(503);
    await delay(50 * random());
    disk.free();
    const freed = performance.now();
    await senders.next(200);
    totals.slowest = Math.max(totals.slowest, performance.now() - freed);
  }
  await senders.stop();
  // What is kept must also stand when the process is killed after all that.
  await server.signal('SIGKILL');
  totals.lost += (await missing(database, senders)).length;
  await database.checkIntegrity();
  totals.acknowledged += senders.acknowledged.size;
  totals.refused += senders.answers.get(503) ?? 0;
  for (const status of senders.answers.keys())
    if (status !== 200 && status !== 503) totals.others.add(status);
}

/** The server refuses callbacks before a disk is full. Here it must not, so that it meets a full one. */
function startWithoutReserve(databaseUrl: string): Promise<ServerProcess> {
  return startServer(databaseUrl, { environment: { DISK_RESERVE_BYTES: '0' } });
}

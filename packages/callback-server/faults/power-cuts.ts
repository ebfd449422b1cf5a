import { setTimeout as delay } from 'node:timers/promises';
import type { FaultRun, Figure } from './fault-table.ts';
import { buildFaultyDisk, type FaultyDisk } from './workbench/faulty-disk.ts';
import { missing } from './workbench/missing.ts';
import { seededRandom } from './workbench/seeded-random.ts';
import { type Senders, startSenders } from './workbench/senders.ts';
import { startServer } from './workbench/server-process.ts';
import { sqliteDatabase } from './workbench/sqlite-databases.ts';

const cutsPerDatabase = 20;

/** Cuts the power at random moments under load: whatever was not synced is gone, and the rest must hold every 200. */
export async function powerCuts({ cycles, seed }: FaultRun): Promise<Figure> {
  const { acknowledged, lost } = await cutPower(cycles, seed);
  return {
    holds: lost === 0 && acknowledged > cycles,
    text: `${cycles} power cuts, ${acknowledged} acknowledged, ${lost} lost`,
  };
}

/** The same with a SQLite that syncs too little. The table is wrong where nothing is lost then. */
export async function powerCutsWithoutSync({ cycles, seed }: FaultRun): Promise<Figure> {
  const weaken = new URL('workbench/weaken-sqlite.ts', import.meta.url);
  const { acknowledged, lost, cutsThatLost } = await cutPower(cycles, seed, [weaken]);
  return {
    holds: lost > 0,
    text: `${cycles} power cuts with synchronous=NORMAL, ${acknowledged} acknowledged, ${lost} lost in ${cutsThatLost} cuts`,
  };
}

async function cutPower(cycles: number, seed: number, imports: readonly URL[] = []) {
  const random = seededRandom(seed);
  const disks = buildFaultyDisk();
  const totals = { acknowledged: 0, lost: 0, cutsThatLost: 0 };
  try {
    for (let done = 0; done < cycles; done += cutsPerDatabase) {
      const disk = disks.create();
      const database = sqliteDatabase(disk.folder);
      const senders = startSenders(16);
      const lost = new Set<string>();
      for (let cut = 1; cut <= Math.min(cutsPerDatabase, cycles - done); cut++) {
        await runUntilCut(disk, database.url, senders, imports, 120 * random());
        const before = lost.size;
        for (const merchant of await missing(database, senders)) lost.add(merchant);
        if (lost.size > before) totals.cutsThatLost++;
      }
      await senders.stop();
      await database.checkIntegrity();
      disk.remove();
      totals.acknowledged += senders.acknowledged.size;
      totals.lost += lost.size;
    }
  } finally {
    disks.remove();
  }
  return totals;
}

async function runUntilCut(
  disk: FaultyDisk,
  databaseUrl: string,
  senders: Senders,
  imports: readonly URL[],
  afterMs: number,
): Promise<void> {
  const server = await startServer(databaseUrl, { environment: disk.environment(), imports });
  const first = senders.next(200);
  senders.aim(server.url);
  await first;
  await delay(afterMs);
  await server.signal('SIGKILL');
  disk.cutPower();
}

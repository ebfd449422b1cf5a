import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import type { FaultRun, Figure } from './fault-table.ts';
import { buildFaultyDisk, type FaultyDisk } from './workbench/faulty-disk.ts';
import { missing } from './workbench/missing.ts';
import { type Senders, startSenders } from './workbench/senders.ts';
import { type ServerProcess, startServer } from './workbench/server-process.ts';
import { sqliteDatabase } from './workbench/sqlite-databases.ts';

const cutsPerDatabase = 20;

/** Cuts the power at random moments under load: whatever was not synced is gone, and the rest must hold every 200. */
export async function powerCuts(run: FaultRun): Promise<Figure> {
  const { acknowledged, lost } = await cutPower(run);
  return {
    holds: lost === 0 && acknowledged > run.cycles,
    text: `${run.cycles} power cuts, ${acknowledged} acknowledged, ${lost} lost`,
  };
}

/** The same where everything is sealed: what is kept must still open, with keys from a file of their own. */
export async function powerCutsSealed(run: FaultRun): Promise<Figure> {
  const masterKeys = `power-cuts:${randomBytes(32).toString('base64')}`;
  const { acknowledged, lost } = await cutPower(run, { masterKeys });
  return {
    holds: lost === 0 && acknowledged > run.cycles,
    text: `${run.cycles} power cuts of a sealed database, ${acknowledged} acknowledged, ${lost} lost or unreadable`,
  };
}

/** The same with a SQLite that syncs too little. The table is wrong where nothing is lost then. */
export async function powerCutsWithoutSync(run: FaultRun): Promise<Figure> {
  const weaken = new URL('workbench/weaken-sqlite.ts', import.meta.url);
  const { acknowledged, lost, cutsThatLost } = await cutPower(run, { imports: [weaken] });
  return {
    holds: lost > 0,
    text: `${run.cycles} power cuts with synchronous=NORMAL, ${acknowledged} acknowledged, ${lost} lost in ${cutsThatLost} cuts`,
  };
}

interface CutServer {
  readonly imports?: readonly URL[];
  readonly masterKeys?: string;
}

async function cutPower(
  { cycles, seed, onProgress }: FaultRun,
  { imports = [], masterKeys }: CutServer = {},
) {
  const random = seededRandom(seed);
  const disks = buildFaultyDisk();
  const totals = { acknowledged: 0, lost: 0, cutsThatLost: 0 };
  try {
    for (let done = 0; done < cycles; done += cutsPerDatabase) {
      const disk = disks.create();
      const database = sqliteDatabase(disk.folder, masterKeys);
      const senders = startSenders(16);
      const lost = new Set<string>();
      for (let cut = 1; cut <= Math.min(cutsPerDatabase, cycles - done); cut++) {
        const environment = { ...disk.environment(), ...(masterKeys && { MASTER_KEYS: masterKeys }) };
        const server = await startServer(database.url, { environment, imports });
        await runUntilCut(server, disk, senders, 120 * random());
        const before = lost.size;
        for (const merchant of await missing(database, senders)) lost.add(merchant);
        if (lost.size > before) totals.cutsThatLost++;
        onProgress(done + cut);
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
  server: ServerProcess,
  disk: FaultyDisk,
  senders: Senders,
  afterMs: number,
): Promise<void> {
  const first = senders.next(200);
  senders.aim(server.url);
  await first;
  await delay(afterMs);
  await server.signal('SIGKILL');
  disk.cutPower();
}

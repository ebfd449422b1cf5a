import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { sqliteDatabase } from '../databases/sqlite-databases.ts';
import { buildFaultyDisks } from '../machine/faulty-disk.ts';
import { startServer } from '../server/server-process.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';
import { runUnderLoad } from './under-load.ts';

/** Cuts the power at random moments under load: what was not synced is gone, and the rest must hold every 200. */
export async function powerCuts(run: FaultRun): Promise<FaultResult> {
  const { acknowledged, lost } = await cutPower(run, {});
  return {
    holds: lost === 0 && acknowledged >= run.cycles,
    summary: `${run.cycles} power cuts, ${acknowledged} acknowledged, ${lost} lost`,
  };
}

/** The same with encryption, whose keys are in a file of their own: what is stored must still decrypt. */
export async function powerCutsWithEncryption(run: FaultRun): Promise<FaultResult> {
  const masterKey = { id: 'power-cuts', key: randomBytes(32) };
  const { acknowledged, lost } = await cutPower(run, { masterKey });
  return {
    holds: lost === 0 && acknowledged >= run.cycles,
    summary: `${run.cycles} power cuts of an encrypted database, ${acknowledged} acknowledged, ${lost} lost or unreadable`,
  };
}

/** The same with a SQLite that syncs too little. If nothing is lost then, the table cannot find a loss. */
export async function powerCutsWithoutSync(run: FaultRun): Promise<FaultResult> {
  const weaken = new URL('../server/weaken-sqlite.ts', import.meta.url);
  const { acknowledged, lost, cyclesThatLost } = await cutPower(run, { imports: [weaken] });
  return {
    holds: lost > 0,
    summary: `${run.cycles} power cuts with synchronous=NORMAL, ${acknowledged} acknowledged, ${lost} lost in ${cyclesThatLost} cuts`,
  };
}

async function cutPower(
  run: FaultRun,
  { imports = [], masterKey }: { imports?: readonly URL[]; masterKey?: { id: string; key: Buffer } },
) {
  using disks = buildFaultyDisks();
  const masterKeys = masterKey && { MASTER_KEYS: `${masterKey.id}:${masterKey.key.toString('base64')}` };
  return await runUnderLoad(run, {
    senders: 16,
    cyclesPerDatabase: 20,
    cyclesPerSearch: 1,
    open: async () => {
      const disk = disks.create();
      return { disk, database: sqliteDatabase(disk.folder, masterKey) };
    },
    fault: async ({ disk, database }, senders, cycle) => {
      const environment = { ...disk.environment(), ...masterKeys };
      const server = await startServer(database.url, { environment, imports });
      await senders.sendTo(server.url);
      // The first cut comes before any checkpoint could sync, so without syncs it always loses the 200.
      if (cycle > 1) await delay(120 * run.random());
      await server.signal('SIGKILL');
      disk.cutPower();
    },
  });
}

import { setTimeout as delay } from 'node:timers/promises';
import { sqliteDatabase } from '../databases/sqlite-databases.ts';
import type { Senders } from '../load/senders.ts';
import { buildFaultyDisks, type FaultyDisk } from '../machine/faulty-disk.ts';
import { NotStartedError, startServer } from '../server/server-process.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';
import { runUnderLoad } from './under-load.ts';

/** One sync covers at most 128 callbacks. */
const maxCallbacksPerSync = 128;
const endsWithinMs = 300_000;

/**
 * Makes the n-th sync fail, for each n from 1: the server must end by itself. Its next start must find every
 * acknowledged callback. The kernel drops what it could not write and reports that once, so that a 200 after the
 * failed sync would be lost here.
 */
export async function syncErrors(run: FaultRun): Promise<FaultResult> {
  using disks = buildFaultyDisks();
  let stayedUp = 0;
  const { acknowledged, lost } = await runUnderLoad(run, {
    senders: 16,
    cyclesPerDatabase: 1,
    open: async () => {
      const disk = disks.create();
      return { disk, database: sqliteDatabase(disk.folder) };
    },
    fault: async ({ disk, database }, senders, failingSync) => {
      if (!(await endsAtFailingSync(disk, failingSync, database.url, senders))) stayedUp++;
      disk.cutPower();
      // The disk works again: what it holds is served, and more is stored.
      const server = await startServer(database.url);
      await senders.sendTo(server.url);
      await senders.stop();
      await server.signal('SIGTERM');
    },
  });
  return {
    holds: lost === 0 && stayedUp === 0 && acknowledged >= run.cycles,
    summary: `sync errors at call 1 to ${run.cycles}, ${acknowledged} acknowledged, ${lost} lost, ${stayedUp} times the server stayed up`,
  };
}

/** Resolves to whether the server ended by itself, with an error. */
async function endsAtFailingSync(
  disk: FaultyDisk,
  failingSync: number,
  databaseUrl: string,
  senders: Senders,
): Promise<boolean> {
  try {
    const server = await startServer(databaseUrl, { environment: disk.environment(failingSync) });
    const acknowledgesTooMuch = senders.sendTo(server.url, (failingSync + 1) * maxCallbacksPerSync);
    const code = await Promise.race([
      server.ended,
      acknowledgesTooMuch.then(() => 0),
      delay(endsWithinMs, 0, { ref: false }),
    ]);
    await server.signal('SIGKILL');
    return code !== 0;
  } catch (error) {
    // An early sync fails during the start.
    if (error instanceof NotStartedError) return true;
    throw error;
  }
}

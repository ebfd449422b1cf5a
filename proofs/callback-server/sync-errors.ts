import { setTimeout as delay } from 'node:timers/promises';
import type { FaultRun, Figure } from './fault-table.ts';
import { buildFaultyDisk, type FaultyDisk } from './workbench/faulty-disk.ts';
import { missing } from './workbench/missing.ts';
import { type Senders, startSenders } from './workbench/senders.ts';
import { NotStartedError, startServer } from './workbench/server-process.ts';
import { sqliteDatabase } from './workbench/sqlite-databases.ts';

const mayTakeMs = 20_000;

/**
 * Has the n-th sync fail, for each n from 1: the server must end by itself, and hold all that it had acknowledged when
 * it starts again over what the disk then holds. The kernel drops what it could not write and says so once, so an
 * answer of 200 after the failed sync would be lost here.
 */
export async function syncErrors({ cycles, onProgress }: FaultRun): Promise<Figure> {
  const disks = buildFaultyDisk();
  let [acknowledged, lost, stayed] = [0, 0, 0];
  try {
    for (let failing = 1; failing <= cycles; failing++) {
      const disk = disks.create();
      const database = sqliteDatabase(disk.folder);
      const senders = startSenders(16);
      if (!(await runUntilSyncFails(disk, failing, database.url, senders))) stayed++;
      disk.cutPower();
      const gone = await missing(database, senders);
      await startClean(database.url, senders);
      lost += new Set([...gone, ...(await missing(database, senders))]).size;
      await database.checkIntegrity();
      disk.remove();
      acknowledged += senders.acknowledged.size;
      onProgress(failing);
    }
  } finally {
    disks.remove();
  }
  return {
    holds: lost === 0 && stayed === 0 && acknowledged > cycles,
    text: `sync errors at call 1 to ${cycles}, ${acknowledged} acknowledged, ${lost} lost, ${stayed} times it stayed up`,
  };
}

/** Whether the server ended by itself, and not well. */
async function runUntilSyncFails(
  disk: FaultyDisk,
  failing: number,
  databaseUrl: string,
  senders: Senders,
): Promise<boolean> {
  try {
    const server = await startServer(databaseUrl, { environment: disk.environment(failing) });
    senders.aim(server.url);
    const code = await Promise.race([server.ended, delay(mayTakeMs, 'late' as const)]);
    if (code !== 'late') return code !== 0;
    await server.signal('SIGKILL');
    return false;
  } catch (error) {
    // An early sync fails while it starts.
    if (error instanceof NotStartedError) return true;
    throw error;
  }
}

/** On a disk that is sound again, what it holds is served and added to. */
async function startClean(databaseUrl: string, senders: Senders): Promise<void> {
  const server = await startServer(databaseUrl);
  const next = senders.next(200);
  senders.aim(server.url);
  await next;
  await senders.stop();
  await server.signal('SIGTERM');
}

import { setTimeout as delay } from 'node:timers/promises';
import { sqliteDatabase } from '../databases/sqlite-databases.ts';
import { mountSmallDisk } from '../machine/small-disk.ts';
import { startServer } from '../server/server-process.ts';
import { type FaultResult, type FaultRun, listed } from './fault-table.ts';
import { runUnderLoad } from './under-load.ts';

const megabytes = 128;
const backWithinMs = 2000;
/** Bounds what one cycle stores, so that the callbacks themselves never fill the disk, however long a cycle takes. */
const maxAcknowledged = 300;

/** Fills the disk under load, and frees it. Every callback with a 200 must be stored, and the server must go on. */
export async function diskFull(run: FaultRun): Promise<FaultResult> {
  const { random, cycles } = run;
  let slowestMs = 0;
  const { acknowledged, refused, lost, otherStatuses } = await runUnderLoad(run, {
    senders: 8,
    cyclesPerDatabase: 10,
    open: async () => {
      const disk = mountSmallDisk(megabytes);
      const database = sqliteDatabase(disk.folder);
      // A server refuses callbacks before the disk is full. Without its reserve it meets a full disk.
      const server = await startServer(database.url, { environment: { DISK_RESERVE_BYTES: '0' } });
      // The stored callbacks must survive a kill at the end.
      return { disk, database, server, end: () => server.signal('SIGKILL') };
    },
    fault: async ({ disk, server }, senders) => {
      await senders.sendTo(server.url, 1 + Math.floor(maxAcknowledged * random()));
      disk.fill();
      await senders.next(503);
      await delay(50 * random());
      disk.free();
      const freedAt = performance.now();
      await senders.next(200);
      slowestMs = Math.max(slowestMs, performance.now() - freedAt);
    },
  });
  const isBackInTime = !run.judgesSpeed || slowestMs <= backWithinMs;
  return {
    holds: lost === 0 && isBackInTime && otherStatuses.size === 0 && acknowledged >= cycles,
    summary: `${cycles} times full, ${acknowledged} acknowledged, ${refused} answered 503, ${lost} lost, serving again within ${Math.ceil(slowestMs)} ms, other responses: ${listed(otherStatuses.keys())}`,
  };
}

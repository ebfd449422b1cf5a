import { setTimeout as delay } from 'node:timers/promises';
import { startServer } from '../server/server-process.ts';
import { type FaultResult, type FaultRun, listed } from './fault-table.ts';
import { runUnderLoad } from './under-load.ts';

const backWithinMs = 2000;

/** Stops PostgreSQL under load as a crash would, and measures how soon callbacks are stored after its return. */
export async function postgresStops(run: FaultRun): Promise<FaultResult> {
  const { random, databases, cycles } = run;
  const { cluster } = databases;
  if (!cluster) throw new Error('This table stops PostgreSQL. Run it with --engine postgres.');
  let slowestMs = 0;
  const { acknowledged, lost, otherStatuses } = await runUnderLoad(run, {
    senders: 16,
    cyclesPerDatabase: cycles,
    open: async () => {
      const database = await databases.create();
      const server = await startServer(database.url);
      return { database, server, end: () => server.signal('SIGTERM') };
    },
    fault: async ({ server }, senders) => {
      await senders.sendTo(server.url);
      await delay(200 * random());
      await cluster.crash();
      await senders.next(503);
      await cluster.start();
      const backAt = performance.now();
      await senders.next(200);
      slowestMs = Math.max(slowestMs, performance.now() - backAt);
    },
  });
  const isBackInTime = !run.judgesSpeed || slowestMs <= backWithinMs;
  return {
    holds: lost === 0 && isBackInTime && otherStatuses.size === 0,
    summary: `${cycles} immediate stops, ${acknowledged} acknowledged, ${lost} lost, serving again within ${Math.ceil(slowestMs)} ms, other responses: ${listed(otherStatuses.keys())}`,
  };
}

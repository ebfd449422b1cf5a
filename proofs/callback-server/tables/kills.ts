import { setTimeout as delay } from 'node:timers/promises';
import { startServer } from '../server/server-process.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';
import { runUnderLoad } from './under-load.ts';

/** Kills the server at random moments under load, and starts it again. */
export async function kills(run: FaultRun): Promise<FaultResult> {
  const { random, databases, cycles } = run;
  let lateKills = 0;
  const { acknowledged, lost } = await runUnderLoad(run, {
    senders: 16,
    cyclesPerDatabase: 100,
    cyclesPerSearch: 10,
    open: async () => ({ database: await databases.create() }),
    fault: async ({ database }, senders) => {
      const server = await startServer(database.url);
      // One kill in ten comes while the server may still recover from the last one.
      const isEarly = random() < 0.1;
      const afterMs = (isEarly ? 20 : 120) * random();
      const acknowledges = senders.sendTo(server.url);
      if (!isEarly) {
        lateKills++;
        await acknowledges;
      }
      await delay(afterMs);
      await server.signal('SIGKILL');
    },
  });
  return {
    holds: lost === 0 && acknowledged >= lateKills,
    summary: `${cycles} kills, ${acknowledged} acknowledged, ${lost} lost`,
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import type { FaultRun, Figure } from './fault-table.ts';
import { type Database, openDatabases } from './workbench/databases.ts';
import { missing } from './workbench/missing.ts';
import { type Senders, startSenders } from './workbench/senders.ts';
import { startServer } from './workbench/server-process.ts';

const killsPerDatabase = 100;
const killsPerCheck = 10;

/** Kills the server at random moments under load, starts it again, and looks for what it had acknowledged. */
export async function kills({ cycles, seed, engine, onProgress }: FaultRun): Promise<Figure> {
  const random = seededRandom(seed);
  const databases = await openDatabases(engine);
  const lost: string[] = [];
  let acknowledged = 0;
  try {
    for (let done = 0; done < cycles; done += killsPerDatabase) {
      const database = await databases.create();
      const senders = startSenders(16);
      for (let kill = 1; kill <= Math.min(killsPerDatabase, cycles - done); kill++) {
        await killOnce(database, senders, random);
        onProgress(done + kill);
        if (kill % killsPerCheck === 0) lost.push(...(await missing(database, senders)));
      }
      await senders.stop();
      lost.push(...(await missing(database, senders)));
      await database.checkIntegrity();
      await database.remove();
      acknowledged += senders.acknowledged.size;
    }
  } finally {
    await databases.stop();
  }
  return {
    holds: lost.length === 0 && acknowledged > cycles,
    text: `${cycles} kills, ${acknowledged} acknowledged, ${new Set(lost).size} lost`,
  };
}

/** Mostly while it keeps callbacks, now and then while it still mends what the last kill left. */
async function killOnce(database: Database, senders: Senders, random: () => number): Promise<void> {
  const server = await startServer(database.url);
  const isEarly = random() < 0.1;
  const afterMs = 120 * random();
  const first = senders.next(200);
  senders.aim(server.url);
  if (!isEarly) await first;
  await delay(isEarly ? afterMs / 6 : afterMs);
  await server.signal('SIGKILL');
}

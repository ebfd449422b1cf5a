import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import type { FaultRun, Figure } from './fault-table.ts';
import { missing } from './workbench/missing.ts';
import { openPostgres } from './workbench/postgres-databases.ts';
import { startSenders } from './workbench/senders.ts';
import { startServer } from './workbench/server-process.ts';

const backWithinMs = 2000;

/** Stops PostgreSQL under load as a crash would, and looks how soon callbacks are kept again once it is back. */
export async function postgresStops({ cycles, seed, onProgress }: FaultRun): Promise<Figure> {
  const random = seededRandom(seed);
  const postgres = await openPostgres();
  const senders = startSenders(16);
  try {
    const database = await postgres.create();
    const server = await startServer(database.url);
    senders.aim(server.url);
    let slowest = 0;
    for (let stop = 0; stop < cycles; stop++) {
      await senders.next(200);
      await delay(200 * random());
      await postgres.stopImmediately();
      await senders.next(503);
      await postgres.start();
      const back = performance.now();
      await senders.next(200);
      slowest = Math.max(slowest, performance.now() - back);
      onProgress(stop + 1);
    }
    await senders.stop();
    const lost = await missing(database, senders);
    await database.checkIntegrity();
    await server.signal('SIGTERM');
    const { acknowledged, answers } = senders;
    const others = [...answers.keys()].filter((status) => status !== 200 && status !== 503);
    return {
      holds: lost.length === 0 && slowest <= backWithinMs && others.length === 0,
      text: `${cycles} immediate stops, ${acknowledged.size} acknowledged, ${lost.length} lost, serving again within ${Math.ceil(slowest)} ms, answers other than 200 and 503: ${others.join(' ') || 'none'}`,
    };
  } finally {
    await senders.stop();
    await postgres.stop();
  }
}

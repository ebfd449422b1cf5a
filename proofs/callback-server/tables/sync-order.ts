import type { Databases } from '../databases/database.ts';
import { startSenders } from '../load/senders.ts';
import { createSyncChecker } from '../machine/sync-checker.ts';
import { traceCalls } from '../machine/trace-calls.ts';
import { startServer } from '../server/server-process.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';

/** Traces the server's system calls: each 200 must leave after the sync of its callback has returned. */
export async function syncOrder({ cycles, databases }: FaultRun): Promise<FaultResult> {
  const { checked, early, syncs } = await trace(databases, cycles);
  return {
    holds: early === 0 && checked >= cycles,
    summary: `${checked} responses with 200 traced, over ${syncs} syncs, ${early} before their sync`,
  };
}

/** The same with a SQLite that syncs too little. The checker must find responses that left too early. */
export async function syncOrderWithoutSync({ cycles, databases }: FaultRun): Promise<FaultResult> {
  const { checked, early } = await trace(databases, cycles, [
    new URL('../server/weaken-sqlite.ts', import.meta.url),
  ]);
  return {
    holds: early > 0,
    summary: `${checked} responses with 200 traced with synchronous=NORMAL, ${early} before their sync`,
  };
}

async function trace({ create }: Databases, count: number, imports: readonly URL[] = []) {
  const database = await create();
  const server = await startServer(database.url, { imports });
  const checker = createSyncChecker();
  const trace = await traceCalls(server.pid, checker.calls, checker.onEdge);
  const senders = startSenders(16, { nameMerchant: (number) => `merchant-${number}-` });
  await senders.sendTo(server.url, count);
  await senders.stop();
  await server.signal('SIGKILL');
  await trace.ended;
  await database.remove();
  const { checked } = checker.counts;
  if (checked < senders.acknowledged.size)
    throw new Error(`The trace shows ${checked} of ${senders.acknowledged.size} responses.`);
  return checker.counts;
}

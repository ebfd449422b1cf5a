import type { FaultRun, Figure } from './fault-table.ts';
import { startSenders } from './workbench/senders.ts';
import { startServer } from './workbench/server-process.ts';
import { sqliteDatabases } from './workbench/sqlite-databases.ts';
import { createSyncChecker } from './workbench/sync-checker.ts';
import { traceCalls } from './workbench/trace-calls.ts';

/** Traces the server's system calls: each 200 must leave after the sync that covers its callback has returned. */
export async function syncOrder({ cycles }: FaultRun): Promise<Figure> {
  const { checked, early, syncs } = await trace(cycles);
  return {
    holds: early === 0 && checked >= cycles,
    text: `${checked} answers of 200 traced, over ${syncs} syncs, ${early} before their sync`,
  };
}

/** The same with a SQLite that syncs too little, where the checker must find answers that came too early. */
export async function syncOrderWithoutSync({ cycles }: FaultRun): Promise<Figure> {
  const { checked, early } = await trace(cycles, [new URL('workbench/weaken-sqlite.ts', import.meta.url)]);
  return {
    holds: early > 0,
    text: `${checked} answers of 200 traced with synchronous=NORMAL, ${early} before their sync`,
  };
}

async function trace(requests: number, imports: readonly URL[] = []) {
  const database = await sqliteDatabases().create();
  const server = await startServer(database.url, { imports });
  const checker = createSyncChecker();
  const trace = await traceCalls(server.pid, checker.calls, checker.see);
  const senders = startSenders(16, (number) => `merchant-${number}-`);
  senders.aim(server.url);
  while (senders.acknowledged.size < requests) await senders.next(200);
  await senders.stop();
  await server.signal('SIGKILL');
  await trace.ended;
  await database.remove();
  const { checked, early, syncs } = checker;
  if (checked() < senders.acknowledged.size)
    throw new Error(`Of ${senders.acknowledged.size} answers the trace shows ${checked()}.`);
  return { checked: checked(), early: early(), syncs: syncs() };
}

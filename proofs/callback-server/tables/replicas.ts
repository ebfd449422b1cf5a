import { setTimeout as delay } from 'node:timers/promises';
import { startHandingTarget } from '../load/handing-target.ts';
import { startOrderedSenders } from '../load/ordered-senders.ts';
import { NotStartedError, type ServerProcess, startServer } from '../server/server-process.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';

const replicas = 3;
const everyMs = 5000;
/** Cycles for which one replica is stopped: longer than a lease, which is a minute. */
const stoppedCycles = 14;
const maxDrainMs = 300_000;

/**
 * Hands on by three replicas. A replica is killed every five seconds and started again. Another replica is stopped beyond
 * its leases, and continues. PostgreSQL restarts.
 */
export async function replicasUnderFaults(run: FaultRun): Promise<FaultResult> {
  const { random, databases, cycles, onProgress } = run;
  const { cluster } = databases;
  if (!cluster) throw new Error('This table needs PostgreSQL. Run it with --engine postgres.');
  const database = await databases.create();
  const target = await startHandingTarget();
  const start = () => startAgain(database.url, target.url);
  const servers: ServerProcess[] = [await start()];
  while (servers.length < replicas) servers.push(await start());
  let stopped: ServerProcess | undefined;
  const anyServer = () => {
    const answering = servers.filter((server) => server !== stopped);
    return answering[Math.floor(random() * answering.length)]?.url ?? '';
  };
  const senders = startOrderedSenders(16, anyServer);
  let kills = 0;
  try {
    for (let cycle = 1; cycle <= cycles; cycle++) {
      const next = delay(everyMs);
      if (cycle === 2) stopped = servers[0];
      if (cycle === 2) stopped?.send('SIGSTOP');
      if (cycle === 2 + stoppedCycles) stopped?.send('SIGCONT');
      if (cycle === Math.ceil(cycles / 2)) {
        await cluster.crash();
        await cluster.start();
      }
      const victim = 1 + Math.floor(random() * (replicas - 1));
      await servers[victim]?.signal('SIGKILL');
      kills += 1;
      servers[victim] = await start();
      await next;
      onProgress(cycle);
    }
    stopped?.send('SIGCONT');
    await senders.stop();
    const lost = await waitForAll(senders.acknowledged, target.has);
    await Promise.all(servers.map((server) => server.signal('SIGTERM')));
    const [cuts] = await cluster.query(
      database.url,
      `SELECT count(*)::integer AS count FROM attempts WHERE outcome = 'was cut off'`,
    );
    const [repeats, inversions, cutOff] = [target.repeats(), target.inversions(), Number(cuts?.['count'])];
    return {
      holds:
        lost === 0 && inversions === 0 && repeats <= kills + cutOff && senders.acknowledged.length > cycles,
      summary: `${kills} kills, ${senders.acknowledged.length} acknowledged, ${lost} not handed on, ${inversions} out of order, ${repeats} handed on again, ${cutOff} attempts cut off`,
    };
  } finally {
    await senders.stop();
    for (const server of servers) server.send('SIGKILL');
    await target.close();
    await database.remove();
  }
}

/** Starts a server, again and again while PostgreSQL is not ready. */
async function startAgain(databaseUrl: string, forwardUrl: string): Promise<ServerProcess> {
  for (;;)
    try {
      return await startServer(databaseUrl, { environment: { FORWARD_URL: forwardUrl } });
    } catch (error) {
      if (!(error instanceof NotStartedError)) throw error;
    }
}

/** Waits until all callbacks have arrived. Returns how many have not when the time is over. */
async function waitForAll(
  callbacks: readonly { readonly merchant: string; readonly number: number }[],
  has: (merchant: string, number: number) => boolean,
): Promise<number> {
  const deadline = performance.now() + maxDrainMs;
  for (;;) {
    const missing = callbacks.filter(({ merchant, number }) => !has(merchant, number)).length;
    if (missing === 0 || performance.now() > deadline) return missing;
    await delay(1000);
  }
}

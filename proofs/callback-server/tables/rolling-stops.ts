import { Agent } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePorts } from '@partner-ecosystem/testing/find-free-ports';
import { requireTool } from '@partner-ecosystem/testing/require-tool';
import { runProxy } from '../../../deploy/prove/run-proxy.ts';
import type { Databases } from '../databases/database.ts';
import { type ServerProcess, startServer } from '../server/server-process.ts';
import { type FaultResult, type FaultRun, listed } from './fault-table.ts';
import { runUnderLoad } from './under-load.ts';

/** Pairs of replicas that run at the same time, because a stop takes as long as `DRAIN_SECONDS`. */
const maxPairs = 3;
const senders = 8;

/**
 * Replaces one of two replicas after the other, as an update does, while nginx passes callbacks on to both, with the
 * configuration that we ship. Each request must get 2xx or 503. The senders keep their connections to nginx.
 */
export async function rollingStops(run: FaultRun): Promise<FaultResult> {
  requireTool('nginx');
  const { random, databases, cycles, onProgress } = run;
  const [pairs, stopMs, exits] = [Math.min(maxPairs, cycles), [] as number[], new Set<number | undefined>()];
  const totals = await Promise.all(
    Array.from({ length: pairs }, (_, pair) => {
      const share = Math.floor((cycles + pair) / pairs);
      return runUnderLoad(
        { ...run, cycles: share, onProgress: () => onProgress(stopMs.length) },
        {
          senders,
          pauseMs: 10,
          cyclesPerDatabase: 50,
          open: () => openPair(databases),
          fault: async ({ url, replicas, start }, sending, cycle) => {
            await sending.sendTo(url);
            await delay(200 * random());
            const next = cycle % 2;
            const startedAt = performance.now();
            exits.add(await replicas[next]?.signal('SIGTERM'));
            stopMs.push(performance.now() - startedAt);
            replicas[next] = await start(next);
          },
        },
      );
    }),
  );
  const [acknowledged, refused, lost] = [
    sum(totals.map((each) => each.acknowledged)),
    sum(totals.map((each) => each.refused)),
    sum(totals.map((each) => each.lost)),
  ];
  const others = sum(totals.flatMap((each) => [...each.otherStatuses.values()]));
  const statuses = new Set(totals.flatMap((each) => [...each.otherStatuses.keys()]));
  const badExits = [...exits].filter((code) => code !== 0);
  return {
    holds: lost === 0 && others === 0 && badExits.length === 0 && acknowledged > cycles,
    summary: `${cycles} stops of one of two replicas, ${acknowledged} acknowledged, ${refused} answered 503, ${lost} lost, the longest stop ${(Math.max(...stopMs) / 1000).toFixed(1)} s, ${others} other responses, with status: ${listed(statuses)}, other exit codes: ${listed(badExits)}`,
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Starts two replicas on one database, and nginx in front of them. */
async function openPair(databases: Databases) {
  const database = await databases.create();
  const ports = await findFreePorts(2);
  // An orchestrator and nginx's configuration expect the server's default time of draining.
  const start = (index: number) =>
    startServer(database.url, { environment: { PORT: `${ports[index]}`, DRAIN_SECONDS: '5' } });
  const replicas: ServerProcess[] = [await start(0), await start(1)];
  const proxy = await runProxy(
    'nginx',
    ports.map((port) => `127.0.0.1:${port}`),
  );
  const connections = {
    keepAlive: true,
    maxSockets: senders,
    ca: proxy.certificate,
    servername: 'localhost',
  };
  return {
    database,
    url: `https://127.0.0.1:${proxy.port}`,
    agent: new Agent(connections),
    replicas,
    start,
    end: async () => {
      await Promise.all(replicas.map((replica) => replica.signal('SIGTERM')));
      await proxy.stop();
    },
  };
}

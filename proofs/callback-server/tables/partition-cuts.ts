import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresCluster } from '@partner-ecosystem/testing/postgres-cluster';
import { purge } from '../../../packages/callback-server/src/maintenance/purge.ts';
import { type OpenedStore, openStore } from '../../../packages/callback-server/src/store/open-store.ts';
import { merchantId } from '../load/example-callback.ts';
import { startHandingTarget } from '../load/handing-target.ts';
import { startServer } from '../server/server-process.ts';
import { type FaultResult, type FaultRun, listed } from './fault-table.ts';
import { runUnderLoad } from './under-load.ts';

const senders = 16;
const actor = 'a fault table';
/** A partition must hold a callback before the next one begins. */
const acknowledgements = 2 * senders;
const session = 'partition-cuts';

/**
 * Cuts off calls that begin or drop partitions, under load: ends their connections, as if their process were killed, or
 * crashes PostgreSQL. The next call must complete the work.
 */
export async function partitionCuts(run: FaultRun): Promise<FaultResult> {
  const { random, databases, cycles } = run;
  const { cluster } = databases;
  if (!cluster) throw new Error('Only PostgreSQL has partitions. Run this table with --engine postgres.');
  const target = await startHandingTarget();
  const contradictions = new Set<string>();
  let [cuts, dropped] = [0, 0];
  try {
    const { acknowledged, lost, otherStatuses } = await runUnderLoad(run, {
      senders,
      cyclesPerDatabase: 8,
      open: async () => {
        const database = await databases.create();
        const server = await startServer(database.url, { environment: { FORWARD_URL: target.url } });
        const store = await openStore(`${database.url}?application_name=${session}`, { onFatal: () => {} });
        const state = { firstKept: '' };
        const end = async () => {
          await server.signal('SIGTERM');
          await store.close();
          for (const name of await contradictionsIn(cluster, database.url)) contradictions.add(name);
        };
        return { database, server, store, state, end, isDropped: (each: string) => each < state.firstKept };
      },
      fault: async ({ database, server, store, state }, load) => {
        await load.sendTo(server.url, acknowledgements);
        const before = new Date();
        // No sender has begun with this merchant yet.
        const firstKept = merchantId(load.acknowledged.size + senders);
        const begins = random() < 0.6;
        if (!begins) state.firstKept = firstKept;
        const act = () => (begins ? store.maintenance.beginPartition(actor) : dropBefore(store, before));
        const acting = act().then(
          (count) => (begins ? 0 : count),
          () => 'cut',
        );
        await delay(60 * random());
        if (random() < 0.3) {
          await cluster.crash();
          await cluster.start();
        } else
          await cluster.query(
            database.url,
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${session}'`,
          );
        const result = await acting;
        if (result === 'cut') cuts += 1;
        else dropped += Number(result);
        await load.next(200);
        const completed = await act();
        if (!begins) dropped += completed;
      },
    });
    return {
      holds: lost === 0 && otherStatuses.size === 0 && contradictions.size === 0,
      summary: `${cycles} faults, ${cuts} cut off, ${acknowledged} acknowledged, ${dropped} dropped by purges that ended, ${lost} lost, contradictions: ${listed(contradictions)}, other responses: ${listed(otherStatuses.keys())}`,
    };
  } finally {
    await target.close();
  }
}

async function dropBefore({ maintenance }: OpenedStore, callbacksBefore: Date): Promise<number> {
  return (await purge(maintenance, { actor, callbacksBefore })).callbacks;
}

/** The names of the tables that contradict other tables. */
async function contradictionsIn(cluster: PostgresCluster, url: string): Promise<string[]> {
  const rows = await cluster.query(
    url,
    `SELECT 'lines' AS name FROM lines FULL JOIN (
       SELECT route, order_key, count(*) AS open, min(callback_sequence) AS head
       FROM deliveries WHERE state = 'open' GROUP BY route, order_key) AS waiting USING (route, order_key)
     WHERE lines.open IS DISTINCT FROM waiting.open OR lines.head IS DISTINCT FROM waiting.head
     UNION SELECT 'hashes' FROM hashes LEFT JOIN callbacks USING (sequence) WHERE callbacks.id IS NULL
     UNION SELECT 'attempts' FROM attempts LEFT JOIN callbacks ON sequence = callback_sequence WHERE id IS NULL
     UNION SELECT 'partitions' FROM pg_class AS part
     WHERE relkind = 'r' AND relname ~ '^(receipts|deliveries|attempts|confirmations)_\\d+$'
       AND to_regclass('callbacks' || substring(relname FROM '_\\d+$')) IS NULL`,
  );
  return rows.map(({ name }) => String(name));
}

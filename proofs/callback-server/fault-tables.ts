import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import type { Engine } from './databases/database.ts';
import { openDatabases } from './databases/open-databases.ts';
import { badInputs } from './tables/bad-inputs.ts';
import { canaries } from './tables/canaries.ts';
import { diskFull } from './tables/disk-full.ts';
import type { FaultResult, FaultRun, FaultTable } from './tables/fault-table.ts';
import { fileFaults } from './tables/file-faults.ts';
import { kills } from './tables/kills.ts';
import { partitionCuts } from './tables/partition-cuts.ts';
import { postgresStops } from './tables/postgres-stops.ts';
import { powerCuts, powerCutsWithEncryption, powerCutsWithoutSync } from './tables/power-cuts.ts';
import { reconcileByReplicas } from './tables/reconcile-replicas.ts';
import { replicasUnderFaults } from './tables/replicas.ts';
import { rollingStops } from './tables/rolling-stops.ts';
import { slowSenders } from './tables/slow-senders.ts';
import { syncErrors } from './tables/sync-errors.ts';
import { syncOrder, syncOrderWithoutSync } from './tables/sync-order.ts';
import { tokenTiming } from './tables/token-timing.ts';

const one: readonly Engine[] = ['sqlite'];
const both: readonly Engine[] = ['sqlite', 'postgres'];

function table(run: FaultTable['run'], cycles: number, about: string, engines: readonly Engine[] = one) {
  return { about, cycles, engines, run };
}

/** Every table by its name, with its full length. */
export const faultTables = {
  kills: table(kills, 10_000, 'SIGKILL under 16 senders', both),
  'power-cuts': table(powerCuts, 2000, 'the power fails: what was not synced is gone'),
  'power-cuts-encrypted': table(powerCutsWithEncryption, 500, 'the same with an encrypted database'),
  'power-cuts-unsynced': table(
    powerCutsWithoutSync,
    60,
    'the same with synchronous=NORMAL, which must lose callbacks',
  ),
  'sync-order': table(syncOrder, 10_000, 'traced requests: each 200 leaves after its sync'),
  'sync-order-unsynced': table(
    syncOrderWithoutSync,
    200,
    'the same with synchronous=NORMAL, whose early 200s must be found',
  ),
  'sync-errors': table(syncErrors, 200, 'a sync fails, at call 1, 2, 3 …'),
  'disk-full': table(diskFull, 200, 'the disk fills under load, and is freed'),
  'file-faults': table(fileFaults, 200, 'a file of the database is deleted, replaced, renamed …, under load'),
  'postgres-stops': table(postgresStops, 100, 'PostgreSQL stops immediately, under 16 senders', ['postgres']),
  'partition-cuts': table(
    partitionCuts,
    200,
    'calls that begin or drop partitions are cut off, under 16 senders',
    ['postgres'],
  ),
  replicas: table(replicasUnderFaults, 40, 'three replicas hand on: kills, a stopped replica, a restart', [
    'postgres',
  ]),
  'reconcile-replicas': table(
    reconcileByReplicas,
    10,
    'three replicas check merchants: kills, and a cut cable',
    ['postgres'],
  ),
  'rolling-stops': table(
    rollingStops,
    1000,
    'one of two replicas behind nginx is replaced, under 8 senders',
    ['postgres'],
  ),
  'bad-inputs': table(badInputs, 1_000_000, 'what broken and hostile senders send', both),
  'slow-senders': table(slowSenders, 500, 'connections that send a byte now and then'),
  canaries: table(canaries, 10_000, 'canaries instead of personal numbers, in every place', both),
  'token-timing': table(tokenTiming, 1_000_000, 'what the time of a token check tells about the token'),
} satisfies Readonly<Record<string, FaultTable>>;

export type FaultTableName = keyof typeof faultTables;

/** Runs a table on one engine, with new databases. */
export async function runFaultTable(
  name: FaultTableName,
  engine: Engine,
  run: Omit<FaultRun, 'random' | 'databases'>,
): Promise<FaultResult> {
  const databases = await openDatabases(engine);
  try {
    return await faultTables[name].run({ ...run, databases, random: seededRandom(run.seed) });
  } finally {
    await databases.remove();
  }
}

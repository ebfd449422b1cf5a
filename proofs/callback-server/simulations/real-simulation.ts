import type { CallbackStore } from '../../../packages/callback-server/src/store/callback-store.ts';
import { openStore } from '../../../packages/callback-server/src/store/open-store.ts';
import type { Databases } from '../databases/database.ts';
import { createEffectsTable } from './effects-table.ts';
import type { SimulationStore } from './model-store.ts';
import { planSimulation } from './plan-simulation.ts';
import { runSimulation, type SimulationResult, type SimulationStorage } from './run-simulation.ts';

// A lease outlives each attempt, also on a busy machine.
const leaseMs = 10_000;
const times = {
  step: 2,
  attemptTimeout: 200,
  delays: Array.from({ length: 20 }, () => 20),
  lateEnd: leaseMs + 7000,
};

/**
 * Runs the simulation of a seed on a real database, by the clock of the machine.
 *
 * @param change - Changes the store, to show what a broken store causes.
 */
export async function runRealSimulation(
  seed: number,
  databases: Databases,
  change: (store: SimulationStore) => SimulationStore = (store) => store,
): Promise<SimulationResult> {
  const planned = planSimulation(seed);
  const plan = {
    ...planned,
    // Only one process can open a SQLite file.
    replicas: databases.cluster ? planned.replicas : 1,
    // In PostgreSQL, each crash costs the time of a lease, and so does each late end.
    crashes: new Set([...planned.crashes].slice(0, 2)),
    lateEnds: new Set([...planned.lateEnds].slice(0, 1)),
  };
  const database = await databases.create();
  const effectsTable = await createEffectsTable(database, databases);
  const stores = new Map<string, Awaited<ReturnType<typeof openStore>>>();
  const storage: SimulationStorage = {
    ...effectsTable,
    open: async (server) => {
      const store = await openStore(database.url, {
        leaseMs,
        onFatal: (error) => {
          throw error;
        },
      });
      stores.set(server, store);
      return change(store);
    },
    closeCrashed: async (server) => {
      const store = stores.get(server);
      stores.delete(server);
      await store?.close();
    },
    states: async () => {
      const [store] = stores.values();
      if (!store) return undefined;
      // The server of the store may crash meanwhile.
      return statesIn(store).catch(() => undefined);
    },
  };
  try {
    return await runSimulation(plan, storage, times);
  } finally {
    await Promise.all([...stores.values()].map((store) => store.close()));
    await database.remove();
  }
}

async function statesIn(store: CallbackStore) {
  const stored = await store.list({ limit: 1000 });
  const whole = await Promise.all(stored.map(({ id }) => store.get(id)));
  return whole.flatMap((callback) => {
    const body = callback?.body ?? new Uint8Array();
    return (callback?.deliveries ?? []).map(({ route, state }) => ({ body, route, state }));
  });
}

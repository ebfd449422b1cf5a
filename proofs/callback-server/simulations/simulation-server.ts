import type { DispatcherOptions } from '../../../packages/callback-server/src/dispatch/create-attempt-recorder.ts';
import { createRouteDispatcher } from '../../../packages/callback-server/src/dispatch/create-route-dispatcher.ts';
import type { CallbackStore } from '../../../packages/callback-server/src/store/callback-store.ts';
import type { SimulationStore } from './model-store.ts';
import { createServerLife, type ServerLife } from './server-life.ts';
import type { ServerSimulation } from './server-simulation.ts';
import { createSimulationRoutes } from './simulation-routes.ts';

export interface SimulationServer {
  /** Resolves when the server has crashed. */
  readonly crashed: Promise<void>;
  readonly keep: (...args: Parameters<SimulationStore['keep']>) => Promise<void>;
  /** Resolves when the running attempts have ended, or when the server has crashed. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the real dispatchers of a server that can crash at any of its steps: before and after each call of the store,
 * and at the start and the end of each attempt.
 */
export async function createSimulationServer(
  name: string,
  store: SimulationStore,
  simulation: ServerSimulation,
): Promise<SimulationServer> {
  const life = createServerLife(name, simulation);
  const mortal = createMortalStore(store, life);
  const routes = await createSimulationRoutes(name, simulation, life);
  // The dispatcher uses no other method of a store.
  const options: DispatcherOptions = {
    store: mortal as CallbackStore,
    onAttempt: () => {},
    onConfirmed: () => {},
    // Calls that still run in a crashed server fail on a closed store.
    onFault: (error) => life.isAlive() && simulation.onFault(error),
  };
  const dispatchers = routes.map((route) => createRouteDispatcher(route, options));
  const wake = () => {
    for (const dispatcher of dispatchers) dispatcher.wake();
  };
  wake();
  const stop = async () => {
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
  };
  return {
    crashed: life.crashed,
    keep: async (...args: Parameters<SimulationStore['keep']>) => {
      await mortal.keep(...args);
      wake();
    },
    stop: () => Promise.race([life.crashed, stop()]),
  };
}

/** A store whose every call is a step of a server, and can fail or be late. */
function createMortalStore(
  store: SimulationStore,
  { call, repeatableCall, beforeEnd }: ServerLife,
): SimulationStore {
  return {
    keep: (...args) => repeatableCall(() => store.keep(...args)),
    claim: (...args) => call(() => store.claim(...args)),
    reclaimExpired: (...args) => call(() => store.reclaimExpired(...args)),
    settle: async (...args) => {
      await beforeEnd();
      return repeatableCall(() => store.settle(...args));
    },
    settleWith: async (...args) => {
      await beforeEnd();
      return repeatableCall(() => store.settleWith(...args));
    },
    settleConfirmed: async (...args) => {
      await beforeEnd();
      return repeatableCall(() => store.settleConfirmed(...args));
    },
    nextDueIn: (...args) => call(() => store.nextDueIn(...args)),
    releaseDeferred: (...args) => call(() => store.releaseDeferred(...args)),
    correctDueTimes: (...args) => call(() => store.correctDueTimes(...args)),
  };
}

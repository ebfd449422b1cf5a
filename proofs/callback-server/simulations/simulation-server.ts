import { setTimeout as pause } from 'node:timers/promises';
import type { Claim } from '../../../packages/callback-server/src/callback/delivery.ts';
import type { DispatcherOptions } from '../../../packages/callback-server/src/dispatch/create-attempt-recorder.ts';
import { createRouteDispatcher } from '../../../packages/callback-server/src/dispatch/create-route-dispatcher.ts';
import type { Route } from '../../../packages/callback-server/src/dispatch/route.ts';
import type { CallbackStore } from '../../../packages/callback-server/src/store/callback-store.ts';
import { callbackOf } from './callback-of.ts';
import type { createHandingLog } from './handing-log.ts';
import type { SimulationStore } from './model-store.ts';
import type { SimulationPlan } from './plan-simulation.ts';

/** How long things take in a simulation, in milliseconds. */
export interface SimulationTimes {
  /** The most that a step takes. */
  readonly step: number;
  readonly attemptTimeout: number;
  /** Pauses after each failed attempt. */
  readonly delays: readonly number[];
}

/** A fault that the simulation has planned. */
export class PlannedFaultError extends Error {
  override readonly name = 'PlannedFaultError';
}

export interface SimulationServer {
  /** Resolves when the server has crashed. */
  readonly crashed: Promise<void>;
  readonly keep: (...args: Parameters<SimulationStore['keep']>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the real dispatchers of a server that can crash at any of its steps: before and after each call of the store,
 * and at the start and the end of each attempt. Nothing that it awaits continues after a crash.
 */
export function createSimulationServer(
  name: string,
  store: SimulationStore,
  simulation: ServerSimulation,
): SimulationServer {
  const { plan, times, onFault } = simulation;
  const life = createLife(name, simulation);
  const { call, crashed } = life;
  const deliver = createHandler(name, simulation, life);
  const mortal: SimulationStore = {
    keep: (...args) => call(() => store.keep(...args)),
    claim: (...args) => call(() => store.claim(...args)),
    reclaimExpired: (...args) => call(() => store.reclaimExpired(...args)),
    settle: (...args) => call(() => store.settle(...args)),
    nextDueIn: (...args) => call(() => store.nextDueIn(...args)),
    releaseDeferred: (...args) => call(() => store.releaseDeferred(...args)),
    correctDueTimes: (...args) => call(() => store.correctDueTimes(...args)),
  };
  const routes = plan.routes.map(
    (route): Route => ({
      name: route,
      takesEvent: () => true,
      isActive: () => true,
      deliver: async (claim, signal) => {
        await deliver(route, claim, signal);
        return undefined;
      },
      concurrency: plan.concurrency,
      attemptTimeoutMs: times.attemptTimeout,
      delaysMs: times.delays,
    }),
  );
  // The dispatcher uses no other method of a store.
  const options: DispatcherOptions = {
    store: mortal as CallbackStore,
    onAttempt: () => {},
    // What still runs in a server that has crashed meets a closed store.
    onFault: (error) => life.isAlive() && onFault(error),
  };
  const dispatchers = routes.map((route) => createRouteDispatcher(route, options));
  const wake = () => {
    for (const dispatcher of dispatchers) dispatcher.wake();
  };
  wake();
  return {
    crashed,
    keep: async (...args: Parameters<SimulationStore['keep']>) => {
      await mortal.keep(...args);
      wake();
    },
    stop: async () => {
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
    },
  };
}

interface ServerSimulation {
  readonly plan: SimulationPlan;
  readonly times: SimulationTimes;
  readonly log: ReturnType<typeof createHandingLog>;
  /** Returns whether the server crashes at this step. */
  readonly nextStep: () => boolean;
  readonly onFault: (error: unknown) => void;
}

/** The steps of a server. The server can crash at each step. */
function createLife(name: string, { plan, times, log, nextStep }: ServerSimulation) {
  const { random } = plan;
  const crashed = Promise.withResolvers<void>();
  let isAlive = true;
  const crash = () => {
    isAlive = false;
    log.crash(name);
    crashed.resolve();
  };
  const step = async () => {
    if (isAlive && nextStep()) crash();
    if (isAlive) await pause(random() * times.step);
    if (!isAlive) await new Promise<never>(() => {});
  };
  const call = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    await step();
    if (random() < plan.storeFaults) throw new PlannedFaultError('The store fails.');
    const result = await run();
    await step();
    return result;
  };
  return { call, step, isAlive: () => isAlive, crashed: crashed.promise };
}

/** A handler that behaves as the plan says. */
function createHandler(
  name: string,
  { plan, times, log }: ServerSimulation,
  { step, isAlive }: ReturnType<typeof createLife>,
) {
  return async (route: string, claim: Claim, signal: AbortSignal) => {
    // Another attempt of the same claim may have crashed the server.
    if (!isAlive()) await new Promise<never>(() => {});
    const attempt = log.start({ server: name, route, ...callbackOf(claim.body) });
    signal.addEventListener('abort', () => attempt.end('cut off'));
    await step();
    const behaviour = plan.behaviour();
    if (behaviour === 'hangs') await new Promise<never>(() => {});
    if (behaviour === 'takes late') await pause(plan.random() * 2 * times.attemptTimeout);
    await step();
    attempt.end(behaviour === 'fails' ? 'failed' : 'taken');
    if (behaviour === 'fails') throw new PlannedFaultError('The handler fails.');
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { shuffle } from '@partner-ecosystem/testing/seeded-random';
import { accepted, callback } from '../../../packages/callback-server/test/support/callbacks.ts';
import { callbackOf } from './callback-of.ts';
import { compareEffects } from './compare-effects.ts';
import type { Effect } from './effect.ts';
import { createHandingLog } from './handing-log.ts';
import type { SimulationStore, StoredDelivery } from './model-store.ts';
import type { SimulationPlan } from './plan-simulation.ts';
import { PlannedFaultError } from './planned-fault-error.ts';
import type { ServerSimulation, SimulationTimes } from './server-simulation.ts';
import { createSimulationServer, type SimulationServer } from './simulation-server.ts';

/** Where the servers of a simulation store callbacks. */
export interface SimulationStorage {
  /** The statement that writes an effect. */
  readonly insertEffect: string;
  /** Opens the store for a new server. */
  open(server: string): Promise<SimulationStore>;
  /** Closes the store of a server that has crashed. */
  closeCrashed?(server: string): Promise<void>;
  /** The state of each delivery; `undefined` if no server runs now. */
  states(): Promise<readonly StoredDelivery[] | undefined>;
  /** What the handlers wrote, in the order of the commits. Call this after the servers have stopped. */
  effects(): Promise<readonly Effect[]>;
}

/** What went wrong in a simulation, and how much happened. */
export type SimulationResult = Awaited<ReturnType<typeof runSimulation>>;

/** Posts all callbacks of a simulation, with repeats, and waits until each is taken or dead. */
export async function runSimulation(
  plan: SimulationPlan,
  storage: SimulationStorage,
  times: SimulationTimes,
) {
  const { random, crashes, lateEnds, replicas } = plan;
  const log = createHandingLog();
  const faults: unknown[] = [];
  const servers: SimulationServer[] = [];
  let steps = 0;
  let ends = 0;
  let isOver = false;
  const simulation: ServerSimulation = {
    plan,
    times,
    log,
    insertEffect: storage.insertEffect,
    nextStep: () => crashes.has(++steps),
    // A server that shares its store with no other keeps its claims.
    nextEnd: () => replicas > 1 && lateEnds.has(++ends),
    onFault: (error: unknown) => {
      if (!(error instanceof PlannedFaultError)) faults.push(error);
    },
  };
  const runReplica = async (replica: number) => {
    for (let run = 1; !isOver; run++) {
      const name = `server ${replica}, run ${run}`;
      const server = await createSimulationServer(name, await storage.open(name), simulation);
      servers[replica] = server;
      await server.crashed;
      await storage.closeCrashed?.(name);
      await pause(random() * 2 * times.attemptTimeout);
    }
  };
  void Promise.all(Array.from({ length: replicas }, (_, replica) => runReplica(replica))).catch(
    (error: unknown) => faults.push(error),
  );

  const postAll = createSender(plan, times, servers);
  await Promise.all(plan.callbacks.map(postAll));
  const states = await untilDelivered(storage, times);
  isOver = true;
  await Promise.all(servers.map((server) => server.stop()));
  const effects = await storage.effects();

  return { ...compare(plan, states, effects, log), faults };
}

/** Creates a function that posts the callbacks of a merchant in their order, each with repeats of earlier callbacks. */
function createSender(
  { random, routes }: SimulationPlan,
  times: SimulationTimes,
  servers: readonly SimulationServer[],
) {
  /** Posts until a server acknowledges, also later than the sender waits: a real store can be slow. */
  const post = async (body: string) => {
    const acknowledged = Promise.withResolvers<true>();
    for (;;) {
      const server = servers[Math.floor(random() * servers.length)];
      const kept = server?.keep(accepted(body, new Date(0)), routes).then(
        () => acknowledged.resolve(true),
        () => {},
      );
      if (await Promise.race([acknowledged.promise, kept, pause(10 * times.step)])) return;
      await pause(times.step);
    }
  };
  return async (callbacks: SimulationPlan['callbacks'][number]) => {
    const bodies = callbacks.map(({ merchant, number }) =>
      callback('accept', { id: merchant, actionTime: number }),
    );
    for (const [index, body] of bodies.entries()) {
      await pause(random() * 20 * times.step);
      await post(body);
      // Repeats of what was posted, in any order.
      for (const earlier of shuffle(bodies.slice(0, index + 1), random).slice(0, random() * 3))
        await post(earlier);
    }
  };
}

/** Compares what the servers did with the plan. */
function compare(
  plan: SimulationPlan,
  states: readonly StoredDelivery[],
  effects: readonly Effect[],
  log: ReturnType<typeof createHandingLog>,
) {
  const expected = plan.callbacks.flat().length * plan.routes.length;
  const untaken = states.filter(({ body, route, state }) => {
    const { merchant, number } = callbackOf(body);
    return state === 'taken' && !log.hasTaken(route, merchant, number);
  });
  return {
    missing: expected - states.length,
    untaken: untaken.length,
    overlaps: log.overlaps,
    inversions: log.inversions(),
    unexcusedRepeats: log.unexcusedRepeats(),
    wrongEffects: compareEffects(states, effects),
    effects: effects.length,
    ...log.counts(),
  };
}

/** Whether every promise was kept. */
export function isSound(result: SimulationResult): boolean {
  const { missing, untaken, overlaps, inversions, unexcusedRepeats, wrongEffects, faults } = result;
  return (
    missing === 0 &&
    untaken === 0 &&
    [overlaps, inversions, unexcusedRepeats, wrongEffects, faults].every((each) => each.length === 0)
  );
}

async function untilDelivered(storage: SimulationStorage, times: SimulationTimes) {
  for (;;) {
    const states = await storage.states();
    if (states?.every(({ state }) => state === 'taken' || state === 'dead')) return states;
    await pause(times.attemptTimeout);
  }
}

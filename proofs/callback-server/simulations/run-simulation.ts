import { setTimeout as pause } from 'node:timers/promises';
import { shuffle } from '@partner-ecosystem/testing/seeded-random';
import { accepted, callback } from '../../../packages/callback-server/test/support/callbacks.ts';
import { callbackOf } from './callback-of.ts';
import { createHandingLog } from './handing-log.ts';
import type { SimulationStore } from './model-store.ts';
import type { SimulationPlan } from './plan-simulation.ts';
import {
  createSimulationServer,
  PlannedFaultError,
  type SimulationServer,
  type SimulationTimes,
} from './simulation-server.ts';

/** Where the servers of a simulation store callbacks. */
export interface SimulationStorage {
  /** Opens the store for a new server. */
  open(server: string): Promise<SimulationStore>;
  /** Closes the store of a server that has crashed. */
  closeCrashed?(server: string): Promise<void>;
  /** The state of each delivery; `undefined` if no server runs now. */
  states(): Promise<readonly { body: Uint8Array; route: string; state: string }[] | undefined>;
}

/** What went wrong in a simulation, and how much happened. */
export type SimulationResult = Awaited<ReturnType<typeof runSimulation>>;

/** Posts all callbacks of a simulation, with repeats, and waits until each is taken or dead. */
export async function runSimulation(
  plan: SimulationPlan,
  storage: SimulationStorage,
  times: SimulationTimes,
) {
  const { random, crashes } = plan;
  const log = createHandingLog();
  const faults: unknown[] = [];
  const servers: SimulationServer[] = [];
  let steps = 0;
  let isOver = false;
  const simulation = {
    plan,
    times,
    log,
    nextStep: () => crashes.has(++steps),
    onFault: (error: unknown) => {
      if (!(error instanceof PlannedFaultError)) faults.push(error);
    },
  };
  const runReplica = async (replica: number) => {
    for (let run = 1; !isOver; run++) {
      const name = `server ${replica}, run ${run}`;
      const server = createSimulationServer(name, await storage.open(name), simulation);
      servers[replica] = server;
      await server.crashed;
      await storage.closeCrashed?.(name);
      await pause(random() * 2 * times.attemptTimeout);
    }
  };
  void Promise.all(Array.from({ length: plan.replicas }, (_, replica) => runReplica(replica))).catch(
    (error: unknown) => faults.push(error),
  );

  /** Posts until a server acknowledges. */
  const post = async (body: string) => {
    for (;;) {
      const server = servers[Math.floor(random() * servers.length)];
      const kept = server?.keep(accepted(body, new Date(0)), plan.routes).then(
        () => true,
        () => false,
      );
      if (await Promise.race([kept, pause(10 * times.step).then(() => false)])) return;
      await pause(times.step);
    }
  };
  const postAll = async (callbacks: SimulationPlan['callbacks'][number]) => {
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
  await Promise.all(plan.callbacks.map(postAll));
  const states = await untilDelivered(storage, times);
  isOver = true;
  await Promise.race([Promise.all(servers.map((server) => server.stop())), pause(10 * times.attemptTimeout)]);

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
    faults,
    ...log.counts(),
  };
}

/** Whether every promise was kept. */
export function isSound(result: SimulationResult): boolean {
  const { missing, untaken, overlaps, inversions, unexcusedRepeats, faults } = result;
  return (
    missing === 0 &&
    untaken === 0 &&
    [overlaps, inversions, unexcusedRepeats, faults].every((each) => each.length === 0)
  );
}

async function untilDelivered(storage: SimulationStorage, times: SimulationTimes) {
  for (;;) {
    const states = await storage.states();
    if (states?.every(({ state }) => state === 'taken' || state === 'dead')) return states;
    await pause(times.attemptTimeout);
  }
}

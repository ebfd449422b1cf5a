import { setTimeout as pause } from 'node:timers/promises';
import { shuffle } from '@partner-ecosystem/testing/seeded-random';
import { accepted, callback } from '../../../packages/callback-server/test/support/callbacks.ts';
import { callbackOf } from './callback-of.ts';
import { createHandingLog } from './handing-log.ts';
import type { WorldStore } from './model-store.ts';
import type { WorldPlan } from './plan-world.ts';
import { createWorldServer, PlannedFaultError, type WorldServer, type WorldTimes } from './world-server.ts';

/** Where the servers of a world store callbacks. */
export interface WorldStorage {
  /** Opens the store for a new server. */
  open(server: string): Promise<WorldStore>;
  /** Closes the store of a server that has crashed. */
  closeCrashed?(server: string): Promise<void>;
  /** The state of each delivery; `undefined` if no server runs now. */
  states(): Promise<readonly { body: Uint8Array; route: string; state: string }[] | undefined>;
}

/** What went wrong in a world, and how much happened. */
export type WorldResult = Awaited<ReturnType<typeof runWorld>>;

/** Posts all callbacks of a world, with repeats, and waits until each is taken or dead. */
export async function runWorld(plan: WorldPlan, storage: WorldStorage, times: WorldTimes) {
  const { random, crashes } = plan;
  const log = createHandingLog();
  const faults: unknown[] = [];
  const servers: WorldServer[] = [];
  let steps = 0;
  let isOver = false;
  const world = {
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
      const server = createWorldServer(name, await storage.open(name), world);
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
  const postAll = async (callbacks: WorldPlan['callbacks'][number]) => {
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
export function isSound(result: WorldResult): boolean {
  const { missing, untaken, overlaps, inversions, unexcusedRepeats, faults } = result;
  return (
    missing === 0 &&
    untaken === 0 &&
    [overlaps, inversions, unexcusedRepeats, faults].every((each) => each.length === 0)
  );
}

async function untilDelivered(storage: WorldStorage, times: WorldTimes) {
  for (;;) {
    const states = await storage.states();
    if (states?.every(({ state }) => state === 'taken' || state === 'dead')) return states;
    await pause(times.attemptTimeout);
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { PlannedFaultError } from './planned-fault-error.ts';
import type { ServerSimulation } from './server-simulation.ts';

export type ServerLife = ReturnType<typeof createServerLife>;

/** The steps of a server. The server can crash at each step, and nothing that it awaits continues after a crash. */
export function createServerLife(name: string, { plan, times, log, nextStep, nextEnd }: ServerSimulation) {
  const { random, storeFaults } = plan;
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
  const failSometimes = () => {
    if (random() < storeFaults) throw new PlannedFaultError('The store fails.');
  };
  const call = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    await step();
    failSometimes();
    const result = await run();
    await step();
    return result;
  };
  return {
    step,
    call,
    /** A call whose result can be lost, so that the server makes the call again. */
    repeatableCall: async <Result>(run: () => Promise<Result>): Promise<Result> => {
      const result = await call(run);
      failSometimes();
      return result;
    },
    /** Waits, at a late end, until the claims of the attempts are lost. */
    beforeEnd: async () => {
      if (!nextEnd()) return;
      log.late(name);
      await pause(times.lateEnd);
    },
    isAlive: () => isAlive,
    crashed: crashed.promise,
  };
}

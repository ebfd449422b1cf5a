import { setTimeout as pause } from 'node:timers/promises';
import { createRoutes } from '../../../packages/callback-server/src/dispatch/create-routes.ts';
import type { HandlerTransaction } from '../../../packages/callback-server/src/dispatch/handler-transaction.ts';
import type { Route } from '../../../packages/callback-server/src/dispatch/route.ts';
import { callbackOf } from './callback-of.ts';
import type { EffectPart } from './effect.ts';
import { PlannedFaultError } from './planned-fault-error.ts';
import type { ServerLife } from './server-life.ts';
import type { ServerSimulation } from './server-simulation.ts';

/** An attempt at a callback that a route of the simulation begins. */
interface BegunAttempt {
  readonly route: string;
  readonly merchant: string;
  readonly number: number;
  readonly signal: AbortSignal;
  /** Missing for a route that cannot write to the database. */
  readonly transaction?: HandlerTransaction;
}

/** The real route to a handler, which writes effects with its transaction, and a route that only takes callbacks. */
export async function createSimulationRoutes(
  server: string,
  simulation: ServerSimulation,
  life: ServerLife,
): Promise<readonly Route[]> {
  const { plan, times } = simulation;
  const attempt = createAttempt(server, simulation, life);
  const limits = {
    concurrency: plan.concurrency,
    attemptTimeoutMs: times.attemptTimeout,
    delaysMs: times.delays,
  };
  const { routes, on } = await createRoutes([], limits);
  on('accept', ({ payload }, { signal, transaction }) => {
    const { id: merchant, actionTime } = payload.merchantData;
    return attempt({ route: 'handler', merchant, number: Number(actionTime), signal, transaction });
  });
  const forward: Route = {
    ...limits,
    name: 'forward',
    takesEvent: () => true,
    isActive: () => true,
    deliver: async ({ body }, signal) => {
      await attempt({ route: 'forward', ...callbackOf(body), signal });
      return undefined;
    },
  };
  return [...routes, forward].filter(({ name }) => plan.routes.includes(name));
}

/** An attempt that behaves as the plan says. */
function createAttempt(
  server: string,
  { plan, times, log, insertEffect }: ServerSimulation,
  { step, isAlive }: ServerLife,
) {
  return async ({ route, merchant, number, signal, transaction }: BegunAttempt) => {
    // Another attempt of the same claim may have crashed the server.
    if (!isAlive()) await new Promise<never>(() => {});
    const write = (part: EffectPart) => transaction?.run(insertEffect, merchant, number, part);
    const attempt = log.start({ server, route, merchant, number });
    signal.addEventListener('abort', () => attempt.end('cut off'));
    await step();
    const behaviour = plan.behaviour();
    write('first');
    if (behaviour === 'hangs') await new Promise<never>(() => {});
    if (behaviour === 'takes late') await pause(plan.random() * 2 * times.attemptTimeout);
    await step();
    write('last');
    const isTaken = behaviour === 'takes' || behaviour === 'takes late';
    attempt.end(isTaken ? 'taken' : 'failed');
    if (behaviour === 'writes wrongly' && transaction) transaction.run('INSERT INTO no_table VALUES (1)');
    else if (!isTaken) throw new PlannedFaultError('The handler fails.');
  };
}

import type { Hono } from 'hono';
import type { FaultSpec } from '../core/model/fault.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Scenario } from '../sandbox/scenario.ts';
import { ControlProblem } from './control-problem.ts';
import { readBody, readQuery } from './read-input.ts';
import type { SandboxEnv } from './sandbox-env.ts';

/** What there is in a sandbox, what time it is there, and what goes wrong. */
export function sandboxRoutes(api: Hono<SandboxEnv>): void {
  api.get('/world', (context) => context.json(context.var.sandbox.fixtures));

  api.get('/snapshot', (context) => {
    readQuery(context, 'getSnapshot');
    return context.json(context.var.sandbox.snapshot());
  });

  api.put('/snapshot', async (context) => {
    const snapshot = await readBody(context, 'putSnapshot');
    // Held to its outer shape only: what stands in it once came from `GET /snapshot`, and only the token's owner is let in.
    context.var.sandbox.restore(snapshot as unknown as Snapshot);
    return context.body(null, 204);
  });

  api.get('/scenario', (context) => {
    readQuery(context, 'getScenario');
    return context.json(context.var.sandbox.scenario());
  });

  api.put('/scenario', async (context) => {
    // As with a snapshot; the core itself refuses faults and policies that mean nothing.
    enter(context.var.sandbox, (await readBody(context, 'putScenario')) as unknown as Scenario);
    return context.body(null, 204);
  });

  api.get('/clock', (context) => {
    const { callbacks, clock } = context.var.sandbox;
    const nextDueAt = callbacks.nextDueAt();
    return context.json({ now: clock.now(), ...(nextDueAt !== undefined && { nextDueAt }) });
  });

  api.post('/clock/advance', async (context) => {
    const { seconds } = await readBody(context, 'advanceClock');
    const { clock } = context.var.sandbox;
    await clock.advance(seconds * 1000);
    return context.json({ now: clock.now() });
  });

  api.get('/faults', (context) => context.json(context.var.sandbox.faults.list()));

  api.post('/faults', async (context) => {
    const { faults } = context.var.sandbox;
    // The core says what is wrong with a fault, wherever it comes from.
    const id = faults.add((await readBody(context, 'addFault')) as FaultSpec);
    return context.json(
      faults.list().find((fault) => fault.id === id),
      201,
    );
  });

  api.delete('/faults', (context) => {
    context.var.sandbox.faults.clear();
    return context.body(null, 204);
  });

  api.delete('/faults/:faultId', (context) => {
    if (!context.var.sandbox.faults.remove(context.req.param('faultId')))
      throw new ControlProblem(404, 'There is no fault with this id.');
    return context.body(null, 204);
  });
}

/** Begins a sandbox anew in a scenario; if that means nothing, it stays as it is. */
function enter(sandbox: Sandbox, { state, faults = [], policy }: Scenario): void {
  const before = sandbox.snapshot();
  sandbox.reset();
  try {
    if (state) sandbox.restore(state);
    for (const fault of faults) sandbox.faults.add(fault);
    if (policy) sandbox.backOffice.setPolicy(policy);
  } catch (error) {
    sandbox.restore(before);
    throw error;
  }
}

import type { Hono } from 'hono';
import type { FaultSpec } from '../core/model/fault.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Scenario } from '../sandbox/scenario.ts';
import { ControlProblem } from './problem.ts';
import { readBody, readQuery, type SandboxEnv } from './read-input.ts';

export function stateRoutes(api: Hono<SandboxEnv>): void {
  api.get('/world', (context) => context.json(context.var.sandbox.fixtures));

  api.get('/snapshot', (context) => {
    readQuery(context, 'getSnapshot');
    return context.json(context.var.sandbox.snapshot());
  });

  api.put('/snapshot', async (context) => {
    const snapshot = await readBody(context, 'putSnapshot');
    // Only its outer shape is validated: a snapshot comes from `GET /snapshot`, and its sender has the control token.
    context.var.sandbox.restore(snapshot as unknown as Snapshot);
    return context.body(null, 204);
  });

  api.get('/scenario', (context) => {
    readQuery(context, 'getScenario');
    return context.json(context.var.sandbox.scenario());
  });

  api.put('/scenario', async (context) => {
    // Its snapshot is validated as in `PUT /snapshot`. The core validates the faults and the policy.
    load(context.var.sandbox, (await readBody(context, 'putScenario')) as unknown as Scenario);
    return context.body(null, 204);
  });
}

export function clockRoutes(api: Hono<SandboxEnv>): void {
  api.get('/clock', (context) => {
    const { callbacks, clock, changes } = context.var.sandbox;
    const nextDueAt = callbacks.nextDueAt();
    const due = nextDueAt !== undefined && { nextDueAt };
    return context.json({ now: clock.now(), changes: changes(), ...due });
  });

  api.post('/clock/advance', async (context) => {
    const { seconds } = await readBody(context, 'advanceClock');
    const { clock } = context.var.sandbox;
    await clock.advance(seconds * 1000);
    return context.json({ now: clock.now() });
  });
}

export function faultRoutes(api: Hono<SandboxEnv>): void {
  api.get('/faults', (context) => context.json(context.var.sandbox.faults.list()));

  api.post('/faults', async (context) => {
    const { faults } = context.var.sandbox;
    // The core validates a fault.
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

/** Restarts a sandbox with a scenario. If the scenario is invalid, the sandbox keeps its state. */
function load(sandbox: Sandbox, { state, faults = [], policy }: Scenario): void {
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

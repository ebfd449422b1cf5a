import type { Hono } from 'hono';
import type { FaultSpec } from '../core/model/fault.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { ControlProblem } from './problem.ts';
import { readBody, readQuery, type SandboxEnv } from './read-input.ts';

export function stateRoutes(api: Hono<SandboxEnv>): void {
  api.get('/world', (context) => {
    readQuery(context, 'getWorld');
    return context.json(context.var.sandbox.fixtures);
  });

  api.get('/snapshot', (context) => {
    readQuery(context, 'getSnapshot');
    return context.json(context.var.sandbox.snapshot());
  });

  api.put('/snapshot', async (context) => {
    // The core validates a snapshot.
    context.var.sandbox.restore((await readBody(context, 'putSnapshot')) as unknown as Snapshot);
    return context.body(null, 204);
  });

  api.get('/scenario', (context) => {
    readQuery(context, 'getScenario');
    return context.json(context.var.sandbox.scenario());
  });

  api.put('/scenario', async (context) => {
    // The core validates a scenario.
    context.var.sandbox.load((await readBody(context, 'putScenario')) as unknown as Scenario);
    return context.body(null, 204);
  });
}

export function clockRoutes(api: Hono<SandboxEnv>): void {
  api.get('/clock', (context) => {
    readQuery(context, 'getClock');
    const { callbacks, clock, changes } = context.var.sandbox;
    const nextDueAt = callbacks.nextDueAt();
    const due = nextDueAt !== undefined && { nextDueAt };
    return context.json({ now: clock.now(), changes: changes(), ...due });
  });

  api.post('/clock/advance', async (context) => {
    const { seconds } = await readBody(context, 'advanceClock');
    const { clock } = context.var.sandbox;
    await clock.advance(`${seconds}s`);
    return context.json({ now: clock.now() });
  });
}

export function faultRoutes(api: Hono<SandboxEnv>): void {
  api.get('/faults', (context) => {
    readQuery(context, 'listFaults');
    return context.json(context.var.sandbox.faults.list());
  });

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
    readQuery(context, 'clearFaults');
    context.var.sandbox.faults.clear();
    return context.body(null, 204);
  });

  api.delete('/faults/:faultId', (context) => {
    readQuery(context, 'removeFault');
    if (!context.var.sandbox.faults.remove(context.req.param('faultId')))
      throw new ControlProblem(404, 'There is no fault with this id.');
    return context.body(null, 204);
  });
}

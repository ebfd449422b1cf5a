import type { Hono } from 'hono';
import type { components } from '../../generated/control-schema.d.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { NamedSandbox, Sandboxes } from '../sandbox/sandboxes.ts';
import type { Scenario } from '../sandbox/scenario.ts';
import { ControlProblem } from './control-problem.ts';
import { readBody } from './read-input.ts';

/** The server, and the sandboxes it holds. */
export function serverRoutes(api: Hono, sandboxes: Sandboxes, apiUrl: string): void {
  const summary = ({ id, sandbox }: NamedSandbox): components['schemas']['SandboxSummary'] => ({
    id,
    url: `${apiUrl}/s/${id}`,
    administratorToken: sandbox.fixtures.administratorToken,
    merchants: sandbox.backOffice.cases().length,
  });

  api.get('/health', (context) => context.json({ status: 'ok' }));

  api.get('/sandboxes', (context) => context.json(sandboxes.list().map(summary)));

  api.post('/sandboxes', async (context) => {
    const { id, seed, scenario } = await readBody(context, 'createSandbox');
    const options = {
      ...(seed !== undefined && { seed }),
      // The core says what is wrong with a scenario, wherever it comes from.
      ...(scenario && { scenario: scenario as unknown as Scenario }),
    };
    const created = sandboxes.create(options, id);
    return context.json(summary(created), 201);
  });

  api.delete('/sandboxes/:sandboxId', (context) => {
    const id = context.req.param('sandboxId');
    if (id === sandboxes.list()[0]?.id)
      throw new ControlProblem(409, 'The first sandbox stays; reset it instead.');
    if (!sandboxes.delete(id)) throw noSuchSandbox;
    return context.body(null, 204);
  });

  api.post('/sandboxes/:sandboxId/fork', async (context) => {
    const { seed } = await readBody(context, 'forkSandbox');
    const id = context.req.param('sandboxId');
    if (!sandboxes.get(id)) throw noSuchSandbox;
    return context.json(summary(sandboxes.fork(id, seed === undefined ? {} : { seed })), 201);
  });

  api.post('/sandboxes/:sandboxId/reset', async (context) => {
    await readBody(context, 'resetSandbox');
    if (!sandboxes.reset(context.req.param('sandboxId'))) throw noSuchSandbox;
    return context.body(null, 204);
  });
}

/** The sandbox that a request is about. */
export function findSandbox(sandboxes: Sandboxes, id: string | undefined): Sandbox {
  const found = id === undefined ? sandboxes.list()[0]?.sandbox : sandboxes.get(id);
  if (!found) throw noSuchSandbox;
  return found;
}

const noSuchSandbox = new ControlProblem(404, 'There is no sandbox with this id.');

import type { Hono } from 'hono';
import type { components } from '../../generated/control-schema.d.ts';
import { listingOf } from '../core/model/listing.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { NamedSandbox, Sandboxes } from '../sandbox/sandboxes.ts';
import { listResponse } from './list-response.ts';
import { ControlProblem } from './problem.ts';
import { findSandbox, readBody, readQuery } from './read-input.ts';

export function serverRoutes(api: Hono, sandboxes: Sandboxes, apiUrl: string): void {
  const summary = ({ id, sandbox }: NamedSandbox): components['schemas']['SandboxSummary'] => ({
    id,
    url: `${apiUrl}/s/${id}`,
    administratorToken: sandbox.fixtures.administratorToken,
    merchants: sandbox.backOffice.list({ limit: 1 }).total,
  });

  api.get('/health', (context) => context.json({ status: 'ok' }));

  api.get('/sandboxes', (context) => {
    const query = readQuery(context, 'listSandboxes');
    const { search = '' } = query;
    return listResponse(
      context,
      listingOf(sandboxes.list(), ({ id }) => id.includes(search), query),
      summary,
    );
  });

  api.post('/sandboxes', async (context) => {
    const { id, seed, scenario } = await readBody(context, 'createSandbox');
    const options = {
      ...(seed !== undefined && { seed }),
      // The core validates a scenario.
      ...(scenario && { scenario: scenario as unknown as Scenario }),
    };
    return context.json(summary(sandboxes.create(options, id)), 201);
  });

  api.get('/sandboxes/:sandboxId', (context) => {
    readQuery(context, 'getSandbox');
    const id = context.req.param('sandboxId');
    return context.json(summary({ id, sandbox: findSandbox(sandboxes, id) }));
  });

  api.delete('/sandboxes/:sandboxId', (context) => {
    readQuery(context, 'deleteSandbox');
    const id = context.req.param('sandboxId');
    findSandbox(sandboxes, id);
    if (id === sandboxes.list()[0]?.id)
      throw new ControlProblem(409, 'The default sandbox cannot be deleted. Reset this sandbox instead.');
    sandboxes.delete(id);
    return context.body(null, 204);
  });

  api.post('/sandboxes/:sandboxId/fork', async (context) => {
    const { seed } = await readBody(context, 'forkSandbox');
    const id = context.req.param('sandboxId');
    findSandbox(sandboxes, id);
    return context.json(summary(sandboxes.fork(id, seed === undefined ? {} : { seed })), 201);
  });

  api.post('/sandboxes/:sandboxId/reset', async (context) => {
    await readBody(context, 'resetSandbox');
    findSandbox(sandboxes, context.req.param('sandboxId')).reset();
    return context.body(null, 204);
  });
}

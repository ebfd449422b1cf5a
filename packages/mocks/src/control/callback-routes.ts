import type { Hono } from 'hono';
import type { QueuedCallback } from '../core/model/queued-callback.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { callbackSummary } from './callback-summary.ts';
import { ControlProblem } from './control-problem.ts';
import { readBody, readQuery } from './read-input.ts';
import type { SandboxEnv } from './sandbox-env.ts';

/** What the provider posts, and how that went. */
export function callbackRoutes(api: Hono<SandboxEnv>): void {
  api.get('/callbacks', (context) => {
    const filter = readQuery(context, 'listCallbacks');
    const callbacks = context.var.sandbox.callbacks.all().filter(isAskedFor(filter));
    return context.json(callbacks.map((callback) => callbackSummary(callback, false)));
  });

  api.post('/callbacks/drain', async (context) => {
    await readBody(context, 'drainCallbacks');
    const { callbacks } = context.var.sandbox;
    await callbacks.drain();
    return context.json(callbacks.all().map((callback) => callbackSummary(callback, false)));
  });

  api.get('/callbacks/next', async (context) => {
    const { waitSeconds = 30, ...filter } = readQuery(context, 'nextCallback');
    const next = context.var.sandbox.callbacks.next(filter, { timeoutMs: waitSeconds * 1000 });
    const callback = await next.catch(() => undefined); // It rejects where none came in time.
    return callback ? context.json(callbackSummary(callback, false)) : context.body(null, 204);
  });

  api.get('/callbacks/:callbackId', (context) => {
    const { reveal = false } = readQuery(context, 'getCallback');
    return context.json(
      callbackSummary(findCallback(context.var.sandbox, context.req.param('callbackId')), reveal),
    );
  });

  api.post('/callbacks/:callbackId/redeliver', async (context) => {
    await readBody(context, 'redeliverCallback');
    const { sandbox } = context.var;
    const { id } = findCallback(sandbox, context.req.param('callbackId'));
    await sandbox.callbacks.redeliver(id);
    return context.json(callbackSummary(findCallback(sandbox, id), false));
  });
}

interface Filter {
  readonly event?: string;
  readonly merchantId?: string;
}

function isAskedFor({ event, merchantId }: Filter): (callback: QueuedCallback) => boolean {
  return (callback) =>
    callback.event === (event ?? callback.event) &&
    callback.merchantId === (merchantId ?? callback.merchantId);
}

function findCallback(sandbox: Sandbox, callbackId: string): QueuedCallback {
  const found = sandbox.callbacks.all().find(({ id }) => id === callbackId);
  if (!found) throw new ControlProblem(404, 'There is no callback with this id.');
  return found;
}

import type { ServerResponse } from 'node:http';
import { redact, webhooks } from '@partner-ecosystem/openapi/classification';
import type { Context, Hono } from 'hono';
import type { components } from '../../generated/control-schema.d.ts';
import type { QueuedCallback } from '../core/model/queued-callback.ts';
import { maskTarget } from '../sandbox/callback-target.ts';
import type { CallbackFilter } from '../sandbox/callbacks.ts';
import { requestOf } from '../sandbox/deliver-callback.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { listResponse } from './list-response.ts';
import { ControlProblem } from './problem.ts';
import { readBody, readQuery, type SandboxEnv } from './read-input.ts';

export function callbackRoutes(api: Hono<SandboxEnv>): void {
  api.get('/callbacks', (context) => {
    const query = readQuery(context, 'listCallbacks');
    return listResponse(context, context.var.sandbox.callbacks.list(query), (callback) => summary(callback));
  });

  api.post('/callbacks/drain', async (context) => {
    await readBody(context, 'drainCallbacks');
    const { callbacks } = context.var.sandbox;
    await callbacks.drain();
    const { rows } = callbacks.list({ order: 'newest' });
    return context.json(rows.toReversed().map((callback) => summary(callback)));
  });

  api.get('/callbacks/next', async (context) => {
    const [callback] = await takeFor(context, 1, readQuery(context, 'nextCallback'));
    return callback ? context.json(summary(callback)) : context.body(null, 204);
  });

  api.get('/callbacks/take', async (context) => {
    const { count, ...query } = readQuery(context, 'takeCallbacks');
    const found = await takeFor(context, count, query);
    return found.length > 0
      ? context.json(found.map((callback) => summary(callback)))
      : context.body(null, 204);
  });

  api.get('/callbacks/:callbackId', (context) => {
    const { reveal } = readQuery(context, 'getCallback');
    return context.json(summary(findCallback(context.var.sandbox, context.req.param('callbackId')), reveal));
  });

  api.post('/callbacks/:callbackId/redeliver', async (context) => {
    await readBody(context, 'redeliverCallback');
    const { sandbox } = context.var;
    const { id } = findCallback(sandbox, context.req.param('callbackId'));
    return context.json(summary(await sandbox.callbacks.redeliver(id)));
  });
}

interface WaitQuery extends CallbackFilter {
  readonly waitSeconds?: number;
  readonly peek?: boolean;
}

/**
 * Takes callbacks for the sender of a request. If the sender closes the connection first, others can take the
 * callbacks. The sender of a HEAD never gets callbacks.
 */
async function takeFor(context: Context<SandboxEnv>, count: number, query: WaitQuery) {
  const { waitSeconds = 30, peek: isPeek = false, ...filter } = query;
  const peek = isPeek || context.req.method === 'HEAD';
  const { callbacks } = context.var.sandbox;
  const { signal } = context.req.raw;
  // The server gives the response of `node:http` to the routes.
  const { outgoing } = Object(context.env) as { readonly outgoing?: ServerResponse };
  const wait = callbacks.take(count, filter, { timeoutMs: waitSeconds * 1000, signal, peek });
  const found = await wait.catch(() => []); // Rejects after the timeout, or when the sender has disconnected.
  const putBack = () => {
    if (!peek && !outgoing?.writableFinished) callbacks.putBack(found.map(({ id }) => id));
  };
  if (signal.aborted) putBack();
  else outgoing?.once('close', putBack);
  return found;
}

function findCallback(sandbox: Sandbox, callbackId: string): QueuedCallback {
  const found = sandbox.callbacks.find(callbackId);
  if (!found) throw new ControlProblem(404, 'There is no callback with this id.');
  return found;
}

/** Describes a callback. Without `reveal`, the path of its URL and its payload are masked. */
function summary(callback: QueuedCallback, reveal = false): components['schemas']['Callback'] {
  const { id, event, merchantId, url, payload, status, dueAt, attempts, faults, text } = callback;
  return {
    id,
    event,
    merchantId,
    url: reveal ? url : maskTarget(url),
    request: requestOf(callback),
    payload: { ...Object(reveal ? payload : redact(payload, webhooks[event])) },
    status,
    ...(dueAt !== undefined && { dueAt }),
    attempts: [...attempts],
    faults: [...faults],
    ...(text !== undefined && { replacedBytes: new TextEncoder().encode(text).byteLength }),
  };
}

import { redact, webhooks } from '@partner-ecosystem/openapi/classification';
import { type Context, Hono } from 'hono';
import type { BackOffice } from '../back-office.ts';
import { maskTarget } from '../callback-target.ts';
import { BackOfficeError } from '../core/back-office/back-office-error.ts';
import type { BackOfficeDecision } from '../core/back-office/moves.ts';
import type { QueuedCallback } from '../core/callbacks/queued-callback.ts';
import type { Merchant } from '../core/state.ts';
import { readBounded } from '../read-bounded.ts';
import type { Sandbox } from '../sandbox.ts';
import { guard } from './guard.ts';
import { problem } from './problem.ts';
import { readDecision } from './read-decision.ts';

const mostBytes = 64 * 1024;

/** What people and scripts steer a running sandbox with. Shows no personal data. */
export function createControlApi(sandbox: Sandbox, controlToken: string): Hono {
  const api = new Hono();
  api.use(async (context, next) => guard(context.req.raw, controlToken) ?? (await next()));
  api.get('/health', (context) => context.json({ status: 'ok' }));
  api.get('/world', (context) => context.json(sandbox.world));
  api.get('/merchants', (context) =>
    context.json(Object.values(sandbox.snapshot().merchants).map(merchantSummary)),
  );
  api.post('/merchants/:merchantId/decision', (context) => decide(context, sandbox.backOffice));
  api.get('/callbacks', (context) => context.json(sandbox.callbacks.all().map(callbackSummary)));
  api.post('/callbacks/drain', async (context) => {
    await sandbox.callbacks.drain();
    return context.json(sandbox.callbacks.all().map(callbackSummary));
  });
  api.notFound(() => problem(404, 'Not Found', 'There is nothing here; see the control API in the README.'));
  api.onError((error) => {
    console.error('The control API has a bug, please report it.', error);
    return problem(500, 'Internal Server Error', 'The control API has a bug; its log says more.');
  });
  return api;
}

async function decide(context: Context, backOffice: BackOffice): Promise<Response> {
  const bytes = await readBounded(context.req.raw.body, mostBytes);
  if (!bytes) return problem(413, 'Content Too Large', `A decision has at most ${mostBytes} bytes.`);
  const read = readDecision(new TextDecoder().decode(bytes));
  if (!read.ok) return problem(400, 'Bad Request', read.problem);
  const merchantId = context.req.param('merchantId') ?? '';
  try {
    backOffice[methods[read.decision]](merchantId, read.details);
  } catch (error) {
    if (!(error instanceof BackOfficeError)) throw error;
    return problem(error.status, error.status === 404 ? 'Not Found' : 'Conflict', error.message);
  }
  return context.json({ merchantId, status: read.decision });
}

const methods: { readonly [D in BackOfficeDecision]: keyof BackOffice } = {
  accept: 'accept',
  reject: 'reject',
  draft: 'askForMore',
};

function merchantSummary({ id, customer, status, realm, flow, distributorId, createdAt }: Merchant): object {
  const { signzyAppId } = customer;
  return { id, signzyAppId, status, realmId: realm.id, flowId: flow.id, distributorId, createdAt };
}

function callbackSummary(callback: QueuedCallback): object {
  const { url, payload, event } = callback;
  return { ...callback, url: maskTarget(url), payload: redact(payload, webhooks[event]) };
}

import { redact, webhooks } from '@partner-ecosystem/openapi/classification';
import { type Context, Hono } from 'hono';
import type { BackOffice } from '../back-office.ts';
import { maskTarget } from '../callback-target.ts';
import type { Clock } from '../clock.ts';
import { BackOfficeError } from '../core/back-office/back-office-error.ts';
import type { BackOfficeDecision } from '../core/back-office/moves.ts';
import type { QueuedCallback } from '../core/callbacks/queued-callback.ts';
import type { Merchant } from '../core/state.ts';
import { readBounded } from '../read-bounded.ts';
import type { Sandbox } from '../sandbox.ts';
import { guard } from './guard.ts';
import { problem } from './problem.ts';
import { readDecision } from './read-decision.ts';
import type { Read } from './read-members.ts';
import { readSeconds } from './read-seconds.ts';

const mostBytes = 64 * 1024;

/** What people and scripts steer a running sandbox with. Shows no personal data. */
export function createControlApi(sandbox: Sandbox, controlToken: string): Hono {
  const api = new Hono();
  api.use(async (context, next) => guard(context.req.raw, controlToken) ?? (await next()));
  api.get('/health', (context) => context.json({ status: 'ok' }));
  api.get('/world', (context) => context.json(sandbox.world));
  api.post('/clock/advance', (context) => advance(context, sandbox.clock));
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
  const given = await readBody(context, readDecision);
  if (given instanceof Response) return given;
  const { decision, details } = given;
  const merchantId = context.req.param('merchantId') ?? '';
  try {
    backOffice[methods[decision]](merchantId, details);
  } catch (error) {
    if (!(error instanceof BackOfficeError)) throw error;
    return problem(error.status, error.status === 404 ? 'Not Found' : 'Conflict', error.message);
  }
  return context.json({ merchantId, status: decision });
}

async function advance(context: Context, clock: Clock): Promise<Response> {
  const seconds = await readBody(context, readSeconds);
  if (seconds instanceof Response) return seconds;
  try {
    await clock.advance(seconds * 1000);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return problem(400, 'Bad Request', error.message);
  }
  return context.json({ now: clock.now() });
}

/** What a body says, or why it is refused. */
async function readBody<Value extends object | number>(
  context: Context,
  read: (json: string) => Read<Value>,
): Promise<Value | Response> {
  const bytes = await readBounded(context.req.raw.body, mostBytes);
  if (!bytes) return problem(413, 'Content Too Large', `The body may have ${mostBytes} bytes at most.`);
  const given = read(new TextDecoder().decode(bytes));
  return given.ok ? given.value : problem(400, 'Bad Request', given.problem);
}

const methods: { readonly [D in BackOfficeDecision]: 'accept' | 'reject' | 'askForMore' } = {
  accept: 'accept',
  reject: 'reject',
  draft: 'askForMore',
};

function merchantSummary({ id, customer, status, realm, flow, distributorId, createdAt }: Merchant): object {
  const { signzyAppId } = customer;
  return { id, signzyAppId, status, realmId: realm.id, flowId: flow.id, distributorId, createdAt };
}

/** Member by member, since a callback that a fault has broken also holds the text that is sent in its place. */
function callbackSummary({ url, payload, ...callback }: QueuedCallback): object {
  const { id, event, merchantId, status, dueAt, attempts } = callback;
  return {
    ...{ id, event, merchantId, url: maskTarget(url), payload: redact(payload, webhooks[event]), status },
    ...(dueAt !== undefined && { dueAt }),
    attempts,
  };
}

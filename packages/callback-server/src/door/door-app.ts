import { type Context, Hono } from 'hono';
import type { CallbackStore, IncomingCallback, Route } from '../store/callback-store.ts';
import { type CallbackEvent, isCallbackEvent } from '../verdict/callback-event.ts';
import { readCallback } from '../verdict/read-callback.ts';
import { createTokenCheck } from './callback-tokens.ts';
import { readBody } from './read-body.ts';
import { createReadiness } from './readiness.ts';

/** What the door needs of the rest of the server. */
export interface DoorOptions {
  readonly store: CallbackStore;
  readonly tokens: readonly string[];
  readonly maxBodyBytes: number;
  readonly invalidCallbacks: 'keep' | 'reject';
  readonly isDraining: () => boolean;
  /** What a callback is handed to, by its event. */
  readonly routesOf: (event: CallbackEvent) => readonly Route[];
  readonly onKept: (callback: IncomingCallback, kept: { id: string; isNew: boolean }) => void;
  /** Told of a fault of ours. */
  readonly onFault: (error: unknown) => void;
}

/** The side that the provider sees: callbacks come in, and two probes tell how we are. */
export function createDoor(options: DoorOptions): Hono {
  const { store, isDraining, onFault } = options;
  const hasLiveToken = createTokenCheck(options.tokens);
  const writesSucceed = createReadiness(() => store.probe(new Date()));
  const door = new Hono();

  const receive = async (context: Context) => {
    if (!hasLiveToken(context.req.param('token') ?? '')) return notFound(context);
    const event = context.req.param('event');
    if (event !== undefined && !isCallbackEvent(event)) return notFound(context);
    if (context.req.method !== 'POST') return context.json({ error: 'Send a POST.' }, 405, { Allow: 'POST' });
    if (!isJson(context.req.header('content-type')))
      return context.json({ error: 'Send the callback as application/json.' }, 415);
    if (isDraining()) return unavailable(context);

    const body = await readBody(context.req.raw, options.maxBodyBytes);
    if (body === 'too long')
      return context.json({ error: `Send at most ${options.maxBodyBytes} bytes.` }, 413);
    // The sender hung up, or was too slow: no fault of ours.
    if (body === 'cut off') return context.json({ error: 'The body ended early.' }, 400);
    return acknowledge(context, readCallback(body, event, new Date()));
  };

  const acknowledge = async (context: Context, callback: IncomingCallback) => {
    // Committed first, acknowledged then: after a 200 the provider may never post it again.
    options.onKept(callback, await store.keep(callback, routesOf(callback)));
    const isRefused = !isUsable(callback) && options.invalidCallbacks === 'reject';
    return isRefused
      ? context.json({ error: `Kept, but ${callback.verdict}.`, violations: callback.violations }, 422)
      : context.json({ received: true });
  };

  const routesOf = (callback: IncomingCallback) =>
    isUsable(callback) && callback.event !== 'unknown' ? options.routesOf(callback.event) : [];

  door.all('/callbacks/:token', receive);
  door.all('/callbacks/:token/:event', receive);
  door.get('/health/live', (context) => context.json({ status: 'live' }));
  door.get('/health/ready', async (context) => {
    if (isDraining()) return unavailable(context);
    await writesSucceed();
    return context.json({ status: 'ready' });
  });
  door.notFound(notFound);
  // Whatever fails here is ours, so the provider is asked to come again.
  door.onError((error, context) => {
    onFault(error);
    return unavailable(context);
  });
  return door;
}

function isUsable({ verdict }: IncomingCallback): boolean {
  return verdict === 'valid' || verdict === 'drift';
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType ?? '');
}

/** One answer for an unknown path and for a wrong token, so that a stranger learns nothing. */
function notFound(context: Context) {
  return context.json({ error: 'There is nothing here.' }, 404);
}

function unavailable(context: Context) {
  return context.json({ error: 'Not kept. Send it again later.' }, 503, { 'Retry-After': '5' });
}

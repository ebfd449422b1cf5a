import type { Hono } from 'hono';
import { createAdminApp } from './admin/admin-app.ts';
import type { CallbackServerEvent } from './callback-server-event.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import { defaultDelaysMs } from './dispatch/backoff.ts';
import type { CallbackHandler } from './dispatch/callback-handler.ts';
import { createDispatcher } from './dispatch/create-dispatcher.ts';
import { createForward, NotTakenError } from './dispatch/create-forward.ts';
import { createHandlers } from './dispatch/create-handlers.ts';
import { createDoor } from './door/door-app.ts';
import { type Listener, listen } from './listen.ts';
import type { CallbackFilter, KeptCallback, WholeCallback } from './store/callback-store.ts';
import { openStore } from './store/open-store.ts';
import type { CallbackEvent } from './verdict/callback-event.ts';

/** A receiver of callbacks, and what it keeps. */
export interface CallbackServer {
  /** The receiving part, to mount in a server of your own in place of `start`'s. */
  readonly app: Hono;

  /**
   * Has a handler take the callbacks of an event, from those on that arrive after this. One handler an event.
   *
   * @throws Error for an event that has a handler.
   */
  on(event: CallbackEvent, handler: CallbackHandler): void;

  readonly callbacks: {
    /** What is kept, newest first. */
    list(filter?: CallbackFilter): Promise<KeptCallback[]>;
    /** One callback, with its exact bytes. They hold people's data. */
    get(id: string): Promise<WholeCallback | undefined>;
  };

  /**
   * Listens, and begins to hand on what is due, also from before.
   *
   * @throws Error where a port is taken. The server has then stopped.
   */
  start(): Promise<{ url: string; adminUrl: string }>;

  /** Answers 503 from now on, ends what is in flight within the grace, and closes the database. */
  stop(): Promise<void>;
}

/**
 * A receiver that never loses a callback it has acknowledged: it commits each one to disk before it answers 200, and
 * hands it on afterwards, again and again until it is taken.
 *
 * @throws Error where the database cannot be trusted with a callback, or another process has it.
 * @example
 * ```ts
 * const server = await createCallbackServer({ callbackTokens: [token] });
 * server.on('accept', async ({ payload }) => confirmByPull(payload.merchantData.id));
 * const { url } = await server.start();
 * ```
 */
export async function createCallbackServer(options: CallbackServerOptions): Promise<CallbackServer> {
  const { graceMs = 10_000 } = options;
  const onEvent = cannotFail(options.onEvent ?? (() => {}));
  const onFault = (error: unknown) => onEvent(faultEvent(error));
  const tokens = checkTokens(options.callbackTokens);
  const store = await openStore(options.databaseUrl ?? 'sqlite:./callbacks.db', {
    onFatal: (error) => {
      onFault(error);
      process.exit(exitCodeOfFatal);
    },
  });
  const handlers = createHandlers();
  const forward = options.forwardUrl ? createForward(options.forwardUrl, options.forwardSecret) : undefined;
  let stopping: Promise<void> | undefined;
  let listeners: Listener[] = [];

  const dispatcher = createDispatcher({
    store,
    deliver: async (claim, signal) => {
      if (claim.route === 'handler') return handlers.deliver(claim, signal);
      // Kept by an earlier run that had one.
      if (!forward) throw new NotTakenError('no URL to forward to');
      return forward(claim, signal);
    },
    delaysMs: options.deliveryDelaysMs ?? defaultDelaysMs,
    attemptTimeoutMs: options.attemptTimeoutMs ?? 30_000,
    onAttempt: ({ callbackId, route, attempt }, settlement) =>
      onEvent({ type: 'attempt', callbackId, route, attempt, ...settlement }),
    onFault,
  });

  const app = createDoor({
    store,
    tokens,
    maxBodyBytes: options.maxBodyBytes ?? 256 * 1024,
    invalidCallbacks: options.invalidCallbacks ?? 'keep',
    isDraining: () => stopping !== undefined,
    routesOf: (event) => [
      ...(handlers.has(event) ? ['handler' as const] : []),
      ...(forward ? ['forward' as const] : []),
    ],
    onKept: ({ event, verdict }, { id, isNew }) => {
      onEvent({ type: 'kept', callbackId: id, event, verdict, isNew });
      dispatcher.wake();
    },
    onFault,
  });

  const listenOnBoth = async () => {
    const door = await listen(app, options.host ?? '127.0.0.1', options.port ?? 4020);
    listeners = [door];
    const admin = await listen(createAdminApp(store), '127.0.0.1', options.adminPort ?? 4021);
    listeners = [door, admin];
    return { url: door.url, adminUrl: admin.url };
  };

  const shutDown = async () => {
    await Promise.all([
      ...listeners.map((listener) => listener.close(graceMs)),
      within(graceMs, dispatcher.stop()),
    ]);
    await store.close();
  };

  const stop = () => {
    stopping ??= shutDown();
    return stopping;
  };

  return {
    app,
    on: handlers.on,
    callbacks: { list: (filter = {}) => store.list(filter), get: (id) => store.get(id) },
    start: async () => {
      try {
        const urls = await listenOnBoth();
        dispatcher.wake();
        return urls;
      } catch (error) {
        // With one port open and no dispatch it would only seem to run.
        await stop();
        throw error;
      }
    },
    stop,
  };
}

/** What sysexits.h calls a failure of input or output. */
const exitCodeOfFatal = 74;

function checkTokens(tokens: readonly string[]): readonly string[] {
  if (tokens.length === 0 || tokens.some((token) => token.length < 16))
    throw new TypeError('callbackTokens must hold at least one token, each of 16 characters or more.');
  return tokens;
}

/** A log that fails must not turn a kept callback into a 503, nor end the process. */
function cannotFail(tell: (event: CallbackServerEvent) => void): (event: CallbackServerEvent) => void {
  return (event) => {
    try {
      tell(event);
    } catch {}
  };
}

/** Messages of faults may quote what they failed on, so only the kind is told. */
function faultEvent(error: unknown): CallbackServerEvent {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return { type: 'fault', name: error instanceof Error ? error.name : 'unknown', ...(code && { code }) };
}

async function within(ms: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Hono } from 'hono';
import { createAdminApp } from './admin/admin-app.ts';
import { isLoopback } from './admin/loopback.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import { defaultDelaysMs } from './dispatch/backoff.ts';
import type { CallbackHandler } from './dispatch/callback-handler.ts';
import { createDispatcher } from './dispatch/create-dispatcher.ts';
import { createForward, NotTakenError } from './dispatch/create-forward.ts';
import { createHandlers } from './dispatch/create-handlers.ts';
import { type Condition, createReceiver } from './door/create-receiver.ts';
import { problemOfSecrets } from './door/factor-options.ts';
import { nodeRuntime } from './door/node-runtime.ts';
import { watchClock } from './health/watch-clock.ts';
import { watchDisk } from './health/watch-disk.ts';
import { type Listener, listen } from './listen.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import type { CallbackFilter, KeptCallback, WholeCallback } from './store/callback-store.ts';
import { openStore, sqlitePath } from './store/open-store.ts';
import { cannotFail, describeFault } from './tell-safely.ts';
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

  /** What is counted and measured, as Prometheus reads it. */
  metrics(): Promise<string>;

  /**
   * Listens, and begins to hand on what is due, also from before.
   *
   * @throws Error where a port is taken. The server has then stopped.
   */
  start(): Promise<{ url: string; adminUrl: string }>;

  /**
   * Hands on what is due, without listening: for who mounts `app` in a server of his own.
   */
  dispatch(): void;

  /** Turns senders away, ends what is in flight within the grace, and closes the database. */
  stop(): Promise<void>;
}

/**
 * A receiver that never loses a callback it has acknowledged: it commits each one to disk before it answers 200, and
 * hands it on afterwards, again and again until it is taken.
 *
 * @throws TypeError for options that would let in whom they should not.
 * @throws Error where the database cannot be trusted with a callback, or another process has it.
 * @example
 * ```ts
 * const server = await createCallbackServer({ callbackTokens: [token] });
 * server.on('accept', async ({ payload }) => confirmByPull(payload.merchantData.id));
 * const { url } = await server.start();
 * ```
 */
export async function createCallbackServer(options: CallbackServerOptions): Promise<CallbackServer> {
  const { databaseUrl = 'sqlite:./callbacks.db', adminHost = '127.0.0.1', adminTokens = [] } = options;
  const { graceMs = 10_000, maxConnections = 1000 } = options;
  checkAdmin(adminHost, adminTokens);
  const onEvent = cannotFail(options.onEvent ?? (() => {}));
  const onFault = (error: unknown) => onEvent({ type: 'fault', ...describeFault(error) });
  const path = sqlitePath(databaseUrl);
  const attemptTimeoutMs = options.attemptTimeoutMs ?? 30_000;
  const handlers = createHandlers();
  const forward = options.forwardUrl ? createForward(options.forwardUrl, options.forwardSecret) : undefined;
  let phase: Exclude<Condition, 'disk'> = 'open';
  let stopping: Promise<void> | undefined;
  let listeners: Listener[] = [];
  let hasClockJumped = false;

  const metrics = createMetrics({ figures: () => store.figures(), freeBytes: () => disk?.freeBytes() });
  const store = await openStore(databaseUrl, {
    ...(options.masterKeys && { masterKeys: options.masterKeys }),
    leaseMs: attemptTimeoutMs + 30_000,
    onCommit: metrics.committed,
    onFatal: (error) => {
      onEvent({ type: 'fatal', ...describeFault(error) });
      (options.onFatal ?? endProcess)();
    },
  });

  const disk = path ? watchDisk(dirname(path), options.diskReserveBytes ?? 256 * 1024 * 1024) : undefined;

  const dispatcher = createDispatcher({
    store,
    deliver: async (claim, signal) => {
      if (claim.route === 'handler') return handlers.deliver(claim, signal);
      // Kept by an earlier run that had one.
      if (!forward) throw new NotTakenError('no URL to forward to');
      return forward(claim, signal);
    },
    delaysMs: options.deliveryDelaysMs ?? defaultDelaysMs,
    attemptTimeoutMs,
    onAttempt: ({ callbackId, route, attempt }, settlement) =>
      onEvent({ type: 'attempt', callbackId, route, attempt, ...settlement }),
    onFault,
  });

  const app = createReceiver({
    ...options,
    ...nodeRuntime,
    store,
    condition: () => (phase === 'open' && disk?.isLow() ? 'disk' : phase),
    routesOf: (event) => [
      ...(handlers.has(event) ? ['handler' as const] : []),
      ...(forward ? ['forward' as const] : []),
    ],
    onKept: (callback, { id, isNew, seconds, routes }) => {
      const { event, verdict } = callback;
      metrics.kept(callback, isNew, seconds);
      onEvent({ type: 'kept', callbackId: id, event, verdict, isNew });
      if (routes.length > 0) dispatcher.wake();
    },
    onRefused: (refusal) => {
      metrics.refused(refusal.reasons);
      onEvent({ type: 'refused', ...refusal });
    },
    onFault,
  });
  const admin = createAdminApp({
    store,
    upkeep: store.upkeep,
    tokens: adminTokens,
    renderMetrics: metrics.render,
    retention: options.retention ?? {},
    hasClockJumped: () => hasClockJumped,
  });

  const endClockWatch = watchClock((milliseconds) => {
    hasClockJumped = true;
    metrics.clockJumped();
    onEvent({ type: 'clock jump', milliseconds });
    // What is due is so by the clock on the wall.
    dispatcher.wake();
  });

  const listenOnBoth = async () => {
    const { host = '127.0.0.1', port = 4020, adminPort = 4021 } = options;
    const door = await listen(app.fetch, { host, port, maxConnections });
    listeners = [door];
    const operator = await listen(admin.fetch, { host: adminHost, port: adminPort, maxConnections });
    listeners = [door, operator];
    return { url: door.url, adminUrl: operator.url };
  };

  const shutDown = async (drainMs: number) => {
    endClockWatch();
    if (drainMs > 0) {
      phase = 'leaving';
      for (const listener of listeners) listener.sendAway();
      await pause(drainMs);
    }
    phase = 'draining';
    const inFlight = listeners.map((listener) => listener.close(graceMs));
    await Promise.all([...inFlight, within(graceMs, dispatcher.stop())]);
    disk?.stop();
    await store.close();
  };

  const stop = (drainMs: number) => {
    stopping ??= shutDown(drainMs);
    return stopping;
  };

  return {
    app,
    on: handlers.on,
    callbacks: { list: (filter = {}) => store.list(filter), get: (id) => store.get(id) },
    metrics: metrics.render,
    dispatch: dispatcher.wake,
    start: async () => {
      try {
        const urls = await listenOnBoth();
        dispatcher.wake();
        return urls;
      } catch (error) {
        // With one port open and no dispatch it would only seem to run.
        await stop(0);
        throw error;
      }
    },
    stop: () => stop(options.drainMs ?? 0),
  };
}

/** What sysexits.h calls a failure of input or output. */
export const exitCodeOfFatal = 74;

function checkAdmin(host: string, tokens: readonly string[]): void {
  const problem = tokens.length > 0 ? problemOfSecrets(tokens) : undefined;
  if (problem) throw new TypeError(`adminTokens ${problem}`);
  if (tokens.length === 0 && !isLoopback(host))
    throw new TypeError('adminTokens must be given where adminHost is not this machine only.');
}

function endProcess(): void {
  process.exit(exitCodeOfFatal);
}

async function within(ms: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

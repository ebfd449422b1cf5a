import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createAdminApp } from '../admin/admin-app.ts';
import { assertAdminAccess } from '../admin/check-admin.ts';
import { defaultDeliveryDelaysMs } from '../dispatch/backoff.ts';
import { createDispatcher } from '../dispatch/create-dispatcher.ts';
import { createForward, NotTakenError } from '../dispatch/create-forward.ts';
import { createHandlers } from '../dispatch/create-handlers.ts';
import { watchDisk } from '../health/watch-disk.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { createReceiver, type ReceiverState } from '../receiver/create-receiver.ts';
import { nodeRuntime } from '../receiver/node-runtime.ts';
import { openStore, sqlitePath } from '../store/open-store.ts';
import { watchClock } from '../time/watch-clock.ts';
import { within } from '../time/within.ts';
import type { CallbackServer } from './callback-server.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import { type Listener, listen } from './listen.ts';
import { describeError, safeListener } from './safe-listener.ts';

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
  assertAdminAccess(adminHost, adminTokens);
  const onEvent = safeListener(options.onEvent ?? (() => {}));
  const onFault = (error: unknown) => onEvent({ type: 'fault', ...describeError(error) });
  const path = sqlitePath(databaseUrl);
  const attemptTimeoutMs = options.attemptTimeoutMs ?? 30_000;
  const handlers = createHandlers();
  const forward = options.forwardUrl ? createForward(options.forwardUrl, options.forwardSecret) : undefined;
  let phase: Exclude<ReceiverState, 'disk-full'> = 'open';
  let stopping: Promise<void> | undefined;
  let listeners: Listener[] = [];
  let hasClockJumped = false;

  const metrics = createMetrics({ stats: () => store.stats(), freeBytes: () => disk?.freeBytes() });
  // Before the store, so that wrong factors leave no database open.
  const app = createReceiver({
    ...options,
    ...nodeRuntime,
    store: { keep: (callback, routes) => store.keep(callback, routes), probe: (now) => store.probe(now) },
    state: () => (phase === 'open' && disk?.isLow() ? 'disk-full' : phase),
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

  const store = await openStore(databaseUrl, {
    ...(options.masterKeys && { masterKeys: options.masterKeys }),
    leaseMs: attemptTimeoutMs + 30_000,
    onCommit: metrics.committed,
    onFatal: (error) => {
      onEvent({ type: 'fatal', ...describeError(error) });
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
    delaysMs: options.deliveryDelaysMs ?? defaultDeliveryDelaysMs,
    attemptTimeoutMs,
    onAttempt: ({ callbackId, route, attempt }, settlement) =>
      onEvent({ type: 'attempt', callbackId, route, attempt, ...settlement }),
    onFault,
  });

  const admin = createAdminApp({
    store,
    maintenance: store.maintenance,
    tokens: adminTokens,
    renderMetrics: metrics.render,
    retention: options.retention ?? {},
    hasClockJumped: () => hasClockJumped,
  });

  const endClockWatch = watchClock((milliseconds) => {
    hasClockJumped = true;
    metrics.clockJumped();
    onEvent({ type: 'clock-jump', milliseconds });
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
      phase = 'draining';
      for (const listener of listeners) listener.disableKeepAlive();
      await pause(drainMs);
    }
    phase = 'stopping';
    const inFlight = listeners.map((listener) => listener.close(graceMs));
    await Promise.all([...inFlight, within(graceMs, dispatcher.stop())]);
    disk?.stop();
    await within(graceMs, store.close());
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

function endProcess(): void {
  process.exit(exitCodeOfFatal);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { ReceiverState } from '../receiver/receiver-options.ts';
import { waitUpTo } from '../time/with-timeout.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import type { Fetch } from './create-listener.ts';
import { type Listener, type ListenOptions, listen } from './listen.ts';

type RunningState = Exclude<ReceiverState, 'disk-full'>;

/** Maximum time from a connection to its first request, in milliseconds. */
const maxQuietMs = 1000;

/** Minimum time that the database has to close, even if `graceMs` is shorter: until then its files are open. */
const minCloseMs = 10_000;

/** Limits of the time for the last notification, whatever is left of `graceMs`: nobody should wait long for a target. */
const notifyMs = { min: 1000, max: 3000 };

/** Time that a broker may take to end a connection. */
const maxBrokerMs = 1000;

interface StoppableParts {
  readonly clock: { stop(): void };
  readonly backgroundWork: { stop(): Promise<void> };
  readonly routes: readonly { close?: () => Promise<void> }[];
  readonly notifications: { stop(graceMs: number): Promise<void> };
  readonly disk: { stop(): void } | undefined;
  readonly store: { close(): Promise<void> };
}

type Address = Pick<ListenOptions, 'host' | 'port' | 'settings'>;
type Reporter = Pick<ListenOptions, 'onRefused' | 'onTooMany' | 'onFault'>;

export function createLifeCycle(options: CallbackServerOptions, parts: StoppableParts, reporter: Reporter) {
  const { host = '127.0.0.1', port = 4020, adminHost = '127.0.0.1', adminPort = 4021 } = options;
  const { maxConnections = 1000, keepAliveMs = 75_000, graceMs = 10_000, drainMs = 0 } = options;
  let state: RunningState = 'open';
  let stopped: Promise<void> | undefined;
  let isStarted = false;
  const listeners: Listener[] = [];

  const shutDown = async (drainForMs: number) => {
    const { clock, backgroundWork, routes, notifications, disk, store } = parts;
    clock.stop();
    if (drainForMs > 0) {
      state = 'draining';
      for (const listener of listeners) listener.disableKeepAlive();
      await sleep(drainForMs);
    }
    // A request on an open connection is still received, because its sender could not know.
    state = listeners.length > 0 ? 'draining' : 'stopping';
    const quietMs = Math.min(drainForMs, maxQuietMs);
    const graceEndsAt = performance.now() + graceMs;
    const inFlight = listeners.map((listener) => listener.close(graceMs, quietMs));
    const attemptsEnded = backgroundWork.stop();
    await Promise.all([...inFlight, waitUpTo(graceMs, attemptsEnded)]);
    state = 'stopping';
    disk?.stop();
    await closeBrokers(routes, attemptsEnded);
    await notifications.stop(clamp(graceEndsAt - performance.now(), notifyMs));
    await waitUpTo(Math.max(graceMs, minCloseMs), store.close());
  };
  const stop = (drainForMs: number) => (stopped ??= shutDown(drainForMs));
  const listenOn = async (fetch: Fetch, address: Address, onRefused: Reporter['onRefused']) => {
    const listener = await listen(fetch, { ...address, ...reporter, maxConnections, keepAliveMs, onRefused });
    listeners.push(listener);
    return listener.url;
  };

  return {
    state: () => state,
    /**
     * @throws Error if a port is taken. The server has then stopped.
     * @throws Error if the server was started before.
     */
    start: async (receiver: Fetch, admin: Fetch) => {
      assertNotStarted(stopped !== undefined, isStarted);
      isStarted = true;
      try {
        const url = await listenOn(receiver, { host, port, settings: '' }, reporter.onRefused);
        // Metrics count refusals of the receiver only.
        const adminAddress = { host: adminHost, port: adminPort, settings: 'ADMIN_' };
        const adminUrl = await listenOn(admin, adminAddress, () => {});
        return { url, adminUrl };
      } catch (error) {
        // A server with one open port and no deliveries would only seem to run.
        await stop(0);
        throw error;
      }
    },
    stop: () => stop(drainMs),
  };
}

function assertNotStarted(isStopped: boolean, isStarted: boolean): void {
  if (isStopped) throw new Error('The server has stopped. Create another server.');
  if (isStarted) throw new Error('The server was started already.');
}

function clamp(value: number, { min, max }: { readonly min: number; readonly max: number }): number {
  return Math.min(Math.max(value, min), max);
}

/** Ends the attempts that wait for a broker. Their outcomes are still recorded. */
async function closeBrokers(routes: StoppableParts['routes'], attemptsEnded: Promise<void>): Promise<void> {
  const closed = routes.flatMap(({ close }) => (close ? [close()] : []));
  if (closed.length > 0) await waitUpTo(maxBrokerMs, Promise.all([...closed, attemptsEnded]));
}

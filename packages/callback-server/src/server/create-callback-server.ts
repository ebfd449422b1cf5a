import { defaultDeliveryDelaysMs } from '../dispatch/backoff.ts';
import { configuredRoutes } from '../dispatch/configured-routes.ts';
import { createRoutes, type RouteLimits } from '../dispatch/create-routes.ts';
import type { Route } from '../dispatch/route.ts';
import type { OperatorActions } from '../inbox/actions/operator-actions.ts';
import { createCached } from '../metrics/create-cached.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { createReadings } from '../metrics/create-readings.ts';
import { assertNode } from '../package/assert-node.ts';
import type { StoreNotice } from '../store/engine/store-options.ts';
import type { OpenedStore } from '../store/open-store.ts';
import { watchClock } from '../time/watch-clock.ts';
import { assertOptions } from './assert-options.ts';
import type { CallbackServer } from './callback-server.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import { createAdminPort } from './create-admin-port.ts';
import { createBackgroundWork } from './create-background-work.ts';
import { createConfirmation } from './create-confirmation.ts';
import { createNodeReceiver } from './create-node-receiver.ts';
import { createNotifications } from './create-notifications.ts';
import { createOperatorActions } from './create-operator-actions.ts';
import { createReporter } from './create-reporter.ts';
import { createLifeCycle } from './life-cycle.ts';
import { openStorage } from './open-storage.ts';

/** Metrics count all merchants, however many there are. */
const countMerchantsEveryMs = 5000;

/**
 * Creates a server that never loses an acknowledged callback: it commits each callback to disk before it responds with
 * 200, and then delivers it, with retries until it is taken.
 *
 * @throws Error if this Node is too old.
 * @throws TypeError for options that admit too many or nobody, or with which the server could not work.
 * @throws Error if the database cannot be trusted with callbacks, or if another process has it open.
 * @example
 * ```ts
 * const server = await createCallbackServer({ callbackTokens: [token] });
 * server.on('accept', async ({ payload }) => confirmByPull(payload.merchantData.id));
 * const { url } = await server.start();
 * ```
 */
export async function createCallbackServer(options: CallbackServerOptions): Promise<CallbackServer> {
  assertNode();
  // Invalid options throw before the database is opened, so that it is not left open.
  assertOptions(options);
  const limits = routeLimitsOf(options);
  const { on, routes, routesOf } = await createRoutes(
    configuredRoutes(options),
    limits,
    options.handlerOrder,
  );
  const metrics = createMetrics();
  const reporter = createReporter(options, metrics);
  const notifications = await createNotifications(options, reporter);
  const confirmation = createConfirmation(
    options,
    limits.attemptTimeoutMs,
    routesOf,
    (merchantId) => store.merchants.historyOf(merchantId),
    reporter.onPull,
  );
  const stages = [confirmation.route, ...routes];

  const { store, disk } = await openStorage(options, routes, metrics.committed, reporter);
  const readMerchants = createCached(store.merchants.merchantCounts, countMerchantsEveryMs);
  const parts = { store, disk, routes, routesOf, confirmation, notifications, reporter, readMerchants };
  const backgroundWork = createBackgroundWork(options, parts);
  const readings = createReadings(metrics, { ...parts, ...backgroundWork, ...reporter });
  const clock = watchClock((milliseconds) => {
    reporter.onClockJump(milliseconds);
    confirmation.clockJumped();
  });
  const lifeCycle = createLifeCycle(options, { ...parts, clock, backgroundWork }, reporter);
  const receiver = createNodeReceiver(options, { ...parts, backgroundWork, lifeCycle });
  const actions = createOperatorActions(store, routes, stages, () => backgroundWork.wake());
  const adminPort = createAdminPort(options, {
    store,
    actions,
    ...readings,
    readMerchants,
    expect: backgroundWork.importMerchants,
    hasClockJumped: clock.hasJumped,
    isDiskLow: () => disk?.isLow() ?? false,
    onFault: reporter.onFault,
  });
  return {
    app: receiver,
    on,
    callbacks: callbacksOf(store, actions),
    merchants: backgroundWork.merchants,
    metrics: readings.renderMetrics,
    dispatch: backgroundWork.start,
    start: async () => {
      const urls = await lifeCycle.start(receiver.fetch, adminPort);
      backgroundWork.start();
      reportMissingRoutes(store, stages, reporter.onNotice).catch(reporter.onFault);
      return urls;
    },
    stop: lifeCycle.stop,
  };
}

/** Says which deliveries wait for a route that this server does not have: perhaps a replica has other settings. */
async function reportMissingRoutes(
  store: OpenedStore,
  routes: readonly Route[],
  onNotice: (notice: StoreNotice) => void,
): Promise<void> {
  // A long count starts a thread of its own. A new database needs no count.
  if (await store.isEmpty()) return;
  const active = new Set(routes.filter((route) => route.isActive()).map(({ name }) => name));
  const waiting = [...(await store.stats()).routes].filter(([, stats]) => stats.oldestUndeliveredAt);
  const missing = waiting.map(([name]) => name).filter((name) => !active.has(name));
  if (missing.length > 0) onNotice({ code: 'ROUTES_MISSING', routes: missing });
}

function callbacksOf(
  store: OpenedStore,
  { redeliver, giveUp, release }: OperatorActions,
): CallbackServer['callbacks'] {
  return {
    list: (filter = {}) => store.list(filter),
    get: store.get,
    redeliver: (request) => redeliver(request, 'the program'),
    giveUp: (request) => giveUp(request, 'the program'),
    release: (request) => release(request, 'the program'),
  };
}

/** The limits of the routes that set none of their own. */
function routeLimitsOf(options: CallbackServerOptions): RouteLimits {
  return {
    attemptTimeoutMs: options.attemptTimeoutMs ?? 30_000,
    concurrency: options.concurrency ?? 256,
    delaysMs: options.deliveryDelaysMs ?? defaultDeliveryDelaysMs,
  };
}

import type { RoutedCallback } from '../callback/route-filter.ts';
import { createDispatcher } from '../dispatch/create-dispatcher.ts';
import type { Route } from '../dispatch/route.ts';
import type { MerchantCounts } from '../store/engine/merchant-rows.ts';
import type { OpenedStore } from '../store/open-store.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import type { createConfirmation } from './create-confirmation.ts';
import type { createNotifications } from './create-notifications.ts';
import { createReconciliation } from './create-reconciliation.ts';
import type { createReporter } from './create-reporter.ts';

interface BackgroundParts {
  readonly store: OpenedStore;
  readonly routes: readonly Route[];
  readonly routesOf: (callback: RoutedCallback) => readonly string[];
  readonly confirmation: ReturnType<typeof createConfirmation>;
  readonly notifications: Awaited<ReturnType<typeof createNotifications>>;
  readonly reporter: ReturnType<typeof createReporter>;
  readonly readMerchants: () => Promise<MerchantCounts>;
}

/** Creates what works without a request: deliveries, the search for callbacks that did not arrive, and notifications. */
export function createBackgroundWork(
  options: CallbackServerOptions,
  { store, routes, routesOf, confirmation, notifications, reporter, readMerchants }: BackgroundParts,
) {
  const reconciliation = createReconciliation(
    options,
    store,
    {
      pulls: confirmation.pulls,
      concurrency: confirmation.route.concurrency,
      pullTimeoutMs: confirmation.route.attemptTimeoutMs,
      routesOf,
      wake: (names) => dispatcher.wake(names),
    },
    reporter,
  );
  const dispatcher = createDispatcher([confirmation.route, ...routes.map(reconciliation.reconciled)], {
    store,
    onAttempt: (claim, settlement, seconds) => {
      reporter.onAttempt(claim, settlement, seconds);
      notifications.attemptEnded(claim, settlement);
    },
    onConfirmed: (claim, found) => {
      reporter.onConfirmed(claim, found);
      dispatcher.wake(found.routes);
    },
    onFault: reporter.onFault,
  });
  const sources = {
    circuits: dispatcher.circuits,
    lastReceivedAt: async () => (await store.stats()).lastReceivedAt,
    merchantCounts: readMerchants,
    isTelling: reconciliation.holdLease,
  };
  return {
    merchants: reconciliation.merchants,
    importMerchants: reconciliation.importMerchants,
    circuits: dispatcher.circuits,
    wake: dispatcher.wake,
    start: () => {
      dispatcher.wake();
      reconciliation.wake();
      notifications.start(sources, reconciliation.overdueMs);
    },
    stop: async () => {
      await Promise.all([dispatcher.stop(), reconciliation.stop(), notifications.stopReading()]);
    },
  };
}

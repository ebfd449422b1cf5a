import type { RoutedCallback } from '../callback/route-filter.ts';
import { createReceiver } from '../receiver/create-receiver.ts';
import { nodeRuntime } from '../receiver/node-runtime.ts';
import type { OpenedStore } from '../store/open-store.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import type { createConfirmation } from './create-confirmation.ts';
import type { createReporter } from './create-reporter.ts';
import type { createLifeCycle } from './life-cycle.ts';

interface NodeReceiverParts {
  readonly store: OpenedStore;
  readonly disk: { isLow(): boolean } | undefined;
  readonly routesOf: (callback: RoutedCallback) => readonly string[];
  readonly confirmation: ReturnType<typeof createConfirmation>;
  readonly backgroundWork: { wake(routes: readonly string[]): void };
  readonly lifeCycle: Pick<ReturnType<typeof createLifeCycle>, 'state'>;
  readonly reporter: ReturnType<typeof createReporter>;
}

/** Creates the receiver of this server: what it stores is confirmed and delivered at once. */
export function createNodeReceiver(
  options: CallbackServerOptions,
  { store, disk, routesOf, confirmation, backgroundWork, lifeCycle, reporter }: NodeReceiverParts,
) {
  return createReceiver({
    ...options,
    ...nodeRuntime,
    store: {
      probe: store.probe,
      keep: (callback, routes) => store.keep(callback, routes, confirmation.passageOf(callback)),
    },
    state: () => (lifeCycle.state() === 'open' && disk?.isLow() ? 'disk-full' : lifeCycle.state()),
    routesOf,
    onKept: (callback, kept) => {
      reporter.onKept(callback, kept);
      backgroundWork.wake(confirmation.firstRoutes(kept.routes));
    },
    onRefused: reporter.onRefused,
    onFault: reporter.onFault,
  });
}

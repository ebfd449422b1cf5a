import type { RoutedCallback } from '../callback/route-filter.ts';
import type { Pulls } from '../confirm/create-pulls.ts';
import { leaveOutOvertaken } from '../dispatch/leave-out-overtaken.ts';
import type { Route } from '../dispatch/route.ts';
import { isExpectable } from '../merchant/expected-merchant.ts';
import { createReconciler } from '../reconcile/create-reconciler.ts';
import { createSweepLease } from '../reconcile/create-sweep-lease.ts';
import { createExpectDelivered } from '../reconcile/expect-delivered.ts';
import type { OpenedStore } from '../store/open-store.ts';
import type { CallbackServer } from './callback-server.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import { defaultAgreeMs } from './create-confirmation.ts';
import type { createReporter } from './create-reporter.ts';

/** An hour: pulls show a decision much earlier, and by then the provider may have given up posting. */
export const defaultReconcileMs = 3_600_000;

interface ReconciliationParts {
  /** Missing if there is no provider. */
  readonly pulls: Pulls | undefined;
  /** Maximum number of pulls at the same time. */
  readonly concurrency: number;
  readonly pullTimeoutMs: number;
  readonly routesOf: (callback: RoutedCallback) => readonly string[];
  readonly wake: (routes: readonly string[]) => void;
}

/** Creates the checks, which find lost callbacks. Without a provider, and with `reconcileMs: 0`, nothing is pulled. */
export function createReconciliation(
  options: CallbackServerOptions,
  { merchants, maintenance }: OpenedStore,
  { pulls, wake, ...parts }: ReconciliationParts,
  { onRecovered, onFault }: ReturnType<typeof createReporter>,
) {
  const { reconcileMs = defaultReconcileMs, unverifiableMs = 86_400_000, agreeMs = defaultAgreeMs } = options;
  const isOn = pulls !== undefined && reconcileMs > 0;
  const lease = createSweepLease(merchants.leaseSweep, onFault);
  const expectDelivered = isOn
    ? createExpectDelivered(merchants, reconcileMs)
    : (route: Route): Route => route;
  const reconciler = isOn
    ? createReconciler({
        ...parts,
        holdLease: lease.hold,
        merchants,
        pulls,
        reconcileMs,
        unverifiableMs,
        agreeMs,
        onFault,
        onRecovered: (callbackId, event, routes) => {
          onRecovered(callbackId, event);
          wake(routes);
        },
      })
    : undefined;
  /** Expects callbacks of merchants that the operator or the program names. */
  const expect: CallbackServer['merchants']['expect'] = async (expected) => {
    if (!Array.isArray(expected)) throw new TypeError('merchants must be a list of merchants.');
    const wrong = expected.findIndex((merchant) => !isExpectable(merchant));
    if (wrong !== -1) throw new TypeError(`merchants[${wrong}] must have a merchantId and a realmId.`);
    await merchants.expect(expected, true, reconcileMs || defaultReconcileMs);
  };
  return {
    /** Leaves out overtaken deliveries of a route, and expects further callbacks of the merchants of the others. */
    reconciled: (route: Route): Route => leaveOutOvertaken(expectDelivered(route), merchants.historyOf),
    /** Milliseconds that a check may be late; `undefined` if this server checks no merchant. */
    overdueMs: isOn ? reconcileMs : undefined,
    /** Takes or renews the right to check merchants and to report their states. */
    holdLease: lease.hold,
    wake: () => reconciler?.wake(),
    stop: async () => {
      await reconciler?.stop();
      await lease.release();
    },
    merchants: { expect, list: merchants.listMerchants, counts: merchants.merchantCounts },
    /** Expects the merchants of an import. The audit records the import, because an operator asks for it. */
    importMerchants: async (expected: Parameters<typeof expect>[0], actor: string) => {
      await expect(expected);
      const details = { merchants: expected.length };
      await maintenance.audit({ at: new Date(), actor, action: 'expect', details });
    },
  };
}

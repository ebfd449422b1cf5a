import type { CallbackEvent } from '../callback/callback-event.ts';
import type { PulledDocument } from '../callback/pulled-document.ts';
import type { RoutedCallback } from '../callback/route-filter.ts';
import { PullError, PullRefusedError, type Pulls } from '../confirm/create-pulls.ts';
import { createCircuit } from '../dispatch/create-circuit.ts';
import { createPassScheduler } from '../dispatch/create-pass-scheduler.ts';
import type { ExpectedMerchant } from '../merchant/expected-merchant.ts';
import type { MerchantHistory } from '../merchant/merchant-history.ts';
import type { ClaimedMerchant, MerchantStore } from '../store/merchants.ts';
import { sweepLeaseMs } from './create-sweep-lease.ts';
import { decideRecovery } from './decide-recovery.ts';
import { type CheckLimits, nextCheck } from './next-check.ts';
import { recoveredCallback } from './recovered-callback.ts';

export interface ReconcilerOptions extends CheckLimits {
  /** Takes or renews the right to check merchants. Resolves to whether this server has it. */
  readonly holdLease: () => Promise<boolean>;
  readonly merchants: Omit<MerchantStore, 'expect' | 'merchantCounts' | 'listMerchants' | 'leaseSweep'>;
  readonly pulls: Pulls;
  /** Maximum number of pulls at the same time. */
  readonly concurrency: number;
  /** Milliseconds until pulls show what has happened. */
  readonly agreeMs: number;
  /** Milliseconds that one pull may take. */
  readonly pullTimeoutMs: number;
  /** Names of the routes that a callback is delivered to. */
  readonly routesOf: (callback: RoutedCallback) => readonly string[];
  /** Called when a recovered callback is stored. */
  readonly onRecovered: (callbackId: string, event: CallbackEvent, routes: readonly string[]) => void;
  readonly onFault: (error: unknown) => void;
}

/** What a check has found. The reason of a failure has no data of the merchant. */
type CheckResult = 'in-step' | 'recovered' | { readonly failed: string };

const maxPauseMs = 5000;
const faultPauseMs = 1000;
/** Milliseconds of a check for the store, in addition to the time of the pull. */
const storeMs = 60_000;

/**
 * Pulls known merchants when their checks are due, and stores the callbacks that were missed. Of several servers on one
 * database, one runs the checks. Confirmations go first: a check begins only when the call budget is idle.
 */
export function createReconciler(options: ReconcilerOptions) {
  const { holdLease, merchants, pulls, concurrency, pullTimeoutMs, onFault } = options;
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const circuit = createCircuit();
  const idlePauseMs = Math.min(maxPauseMs, options.reconcileMs / 4);
  let renewAt = 0;

  const isHolder = async () => {
    if (performance.now() < renewAt) return true;
    if (!(await holdLease())) return false;
    renewAt = performance.now() + sweepLeaseMs / 3;
    await merchants.correctMerchants();
    return true;
  };
  const pass = async (): Promise<number | undefined> => {
    if (stopping.signal.aborted) return undefined;
    if (!(await isHolder())) return maxPauseMs;
    const { attempts, waitMs } = circuit.allowance();
    if (running.size >= Math.min(concurrency, attempts)) return waitMs > 0 ? waitMs : undefined;
    const idleInMs = pulls.idleInMs();
    if (idleInMs > 0) return idleInMs;
    const claimed = await merchants.claimMerchant(pullTimeoutMs + storeMs);
    if (!claimed) return idlePauseMs;
    circuit.started();
    const ended = check(claimed)
      .catch(onFault)
      .finally(() => {
        running.delete(ended);
        passes.wake();
      });
    running.add(ended);
    return pulls.spacingMs;
  };
  const check = async (claimed: ClaimedMerchant) => {
    const result = await checkMerchant(claimed, options, circuit, stopping.signal);
    if (result === 'recovered' || stopping.signal.aborted) return;
    const [found, reason] =
      result === 'in-step' ? ([result, null] as const) : (['failed', result.failed] as const);
    await merchants.settleCheck(claimed, nextCheck(claimed, found, options), reason);
  };
  const passes = createPassScheduler(() =>
    pass().catch((error: unknown) => {
      renewAt = 0;
      onFault(error);
      return faultPauseMs;
    }),
  );
  return {
    wake: passes.wake,
    stop: async () => {
      stopping.abort();
      await passes.stop();
      await Promise.all(running);
      await passes.stop();
    },
  };
}

async function checkMerchant(
  claimed: ClaimedMerchant,
  options: ReconcilerOptions,
  circuit: ReturnType<typeof createCircuit>,
  stopped: AbortSignal,
): Promise<CheckResult> {
  const { pulls, pullTimeoutMs, merchants } = options;
  const { expected } = claimed;
  if (!expected) return { failed: 'this server cannot decrypt its id' };
  // Read before the pull: the response may be older than the callbacks that arrive meanwhile.
  const history = await merchants.historyOf(expected.merchantId);
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(pullTimeoutMs)]);
  try {
    const document = await pulls.pull(expected.merchantId, expected.realmId, signal);
    circuit.succeeded();
    if (!document) return { failed: 'the provider does not know it' };
    return await compare({ claimed, expected, document, history }, options);
  } catch (error) {
    if (error instanceof PullError) circuit.failed();
    // The provider has responded. Forged realms must not keep the circuit open.
    else if (error instanceof PullRefusedError) circuit.succeeded();
    else throw error;
    return { failed: error.message };
  }
}

interface PulledMerchant {
  readonly claimed: ClaimedMerchant;
  readonly expected: ExpectedMerchant;
  readonly document: PulledDocument;
  readonly history: MerchantHistory;
}

async function compare(
  { claimed, expected, document, history }: PulledMerchant,
  { merchants, routesOf, onRecovered, ...limits }: ReconcilerOptions,
): Promise<CheckResult> {
  const now = Date.now();
  const callback = recoveredCallback(expected, document, new Date(now));
  if ('failed' in callback) return callback;
  const { event, realmId } = callback;
  const decision = decideRecovery(event, history, now, limits.agreeMs);
  if (decision.kind === 'contradicted') return { failed: decision.reason };
  if (decision.kind === 'in-step') return 'in-step';
  const routes = routesOf({ event, realmId });
  const pulled = Buffer.from(JSON.stringify(document));
  const next = nextCheck(claimed, 'recovered', limits);
  const id = await merchants.recover(claimed, { callback, pulled, routes, history, next });
  if (id === undefined) return { failed: 'a callback has arrived during the check' };
  onRecovered(id, event, routes);
  return 'recovered';
}

import { confirmRoute } from '../callback/confirmation.ts';
import type { Claim } from '../callback/delivery.ts';
import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import type { PulledDocument } from '../callback/pulled-document.ts';
import { realmIdOf } from '../callback/realm-id.ts';
import type { RoutedCallback } from '../callback/route-filter.ts';
import { type MerchantCallback, validateCallback } from '../callback/validate-callback.ts';
import { delayAfter } from '../dispatch/backoff.ts';
import { readable } from '../dispatch/leave-out-overtaken.ts';
import type { Deliver, Route } from '../dispatch/route.ts';
import type { MerchantHistory } from '../merchant/merchant-history.ts';
import { compareWithPull, pulledEvent } from './compare-with-pull.ts';
import { PullError, PullRefusedError, type Pulls } from './create-pulls.ts';
import { type Comparison, type ConfirmationLimits, decideConfirmation } from './decide-confirmation.ts';
import { isReversed } from './is-reversed.ts';

const second = 1000;
const minute = 60 * second;

/** Delays between attempts at confirming a callback. The last delay repeats. */
export const confirmDelaysMs: readonly number[] = [15 * second, 30 * second, minute, 2 * minute, 3 * minute];

/** The budget of this many seconds limits the attempts at the same time, so that each attempt gets its pull in time. */
const budgetSeconds = 10;
const maxConcurrency = 64;

/** A pull has this share of an attempt's time, so that the attempt can still decide what becomes of the callback. */
const pullShare = 0.9;

export interface ConfirmRouteOptions extends ConfirmationLimits {
  /** Missing if there is no provider. */
  readonly pulls: Pulls | undefined;
  /**
   * Whether this server lets callbacks pass that wait for a confirmation. Without a provider, the options must say that
   * nothing is confirmed: the provider may be missing by mistake, and another server may have a provider.
   */
  readonly isActive: boolean;
  readonly pullsPerMinute: number;
  readonly delaysMs: readonly number[];
  readonly attemptTimeoutMs: number;
  /** Names of the routes that a callback is delivered to. */
  readonly routesOf: (callback: RoutedCallback) => readonly string[];
  /** Reads the callbacks of a merchant. */
  readonly historyOf: (merchantId: string) => Promise<MerchantHistory>;
  /** Whether the callbacks of an event must be confirmed. Other callbacks only wait behind these callbacks. */
  readonly isConfirmed: (event: Claim['event']) => boolean;
}

/** The route that callbacks pass before their own routes. It compares them with the provider's own data. */
export function createConfirmRoute(options: ConfirmRouteOptions): Route {
  const { isActive, pullsPerMinute, attemptTimeoutMs, delaysMs, unconfirmed } = options;
  return {
    name: confirmRoute,
    takesEvent: () => false,
    isActive: () => isActive,
    deliver: createConfirm(options),
    concurrency: Math.min(maxConcurrency, Math.max(1, Math.floor((pullsPerMinute * budgetSeconds) / 60))),
    attemptTimeoutMs,
    delaysMs,
    givesUp: false,
    // An open circuit would stop the attempts that deliver or quarantine a callback after `unconfirmedAfterMs`.
    hasCircuit: unconfirmed === 'wait',
  };
}

function createConfirm({
  pulls,
  routesOf,
  isConfirmed,
  historyOf,
  attemptTimeoutMs,
  delaysMs,
  ...limits
}: ConfirmRouteOptions): Deliver {
  return async (claim, signal) => {
    const { event, confirmation, receivedAt } = claim;
    const { payload } = validateCallback(claim.body, event);
    const routes = routesOf({ event, realmId: realmIdOf(payload) });
    if (confirmation === 'released') return { confirmation: { state: confirmation, routes } };
    if (!pulls || !isConfirmed(event)) return { confirmation: { routes } };
    const pullSignal = AbortSignal.any([signal, AbortSignal.timeout(attemptTimeoutMs * pullShare)]);
    const { document, ...comparison } = await compare(pulls, claim, payload, pullSignal);
    const now = Date.now();
    const sinceArrivalMs = now - receivedAt.getTime();
    // If the clock was set back, the callback would seem new for a long time.
    const ageMs = sinceArrivalMs < 0 ? waitedMs(claim.attempt, delaysMs) : sinceArrivalMs;
    const times = { ageMs, workingMs: pulls.workingMs(), silentMs: pulls.silentMs() };
    const decision = decideConfirmation(comparison, times, limits);
    const { state } = decision;
    if (state === 'open' && comparison.kind === 'failed') throw new DeliveryRefusedError(decision.reason);
    if (state === 'open') return { notTaken: decision.reason };
    // The provider may throttle with a bare 403, so a single refusal is no proof.
    if (comparison.kind === 'refused' && claim.attempt <= delaysMs.length)
      return { notTaken: comparison.reason };
    if (state === 'quarantined' && payload && document) {
      const history = await readable(historyOf(payload.merchantData.id));
      if (isReversed(claim.callback, pulledEvent(document), history, now - times.workingMs))
        return { overtaken: 'overtaken: a newer callback agrees with the pull' };
    }
    const pulled = document && { pulled: Buffer.from(JSON.stringify(document)) };
    if (state === 'quarantined')
      return { notTaken: decision.reason, confirmation: { state, ...pulled, routes: [] } };
    return { confirmation: { state, ...pulled, routes } };
  };
}

/** How long a callback has waited, by the delays between its attempts. The result depends on no clock. */
function waitedMs(attempt: number, delaysMs: readonly number[]): number {
  let waited = 0;
  for (let count = 1; count < attempt; count += 1) waited += delayAfter(count, delaysMs, false, 0) ?? 0;
  return waited;
}

type ComparedPull = Comparison & {
  readonly document?: PulledDocument | undefined;
};

async function compare(
  pulls: Pulls,
  { event }: Claim,
  payload: MerchantCallback | undefined,
  signal: AbortSignal,
): Promise<ComparedPull> {
  // An older version may have received the callback: its contract may have been another.
  if (!payload) return { kind: 'disagrees', reason: 'it is invalid to this version' };
  const realmId = realmIdOf(payload) || payload.merchantData.applicationId;
  if (!realmId) return { kind: 'disagrees', reason: 'it names no realm' };
  try {
    const document = await pulls.pull(payload.merchantData.id, realmId, signal);
    if (!document) return { kind: 'disagrees', reason: 'the provider does not know its merchant' };
    const reason = compareWithPull(event, payload, document);
    return reason === undefined ? { kind: 'agrees', document } : { kind: 'disagrees', reason, document };
  } catch (error) {
    if (error instanceof PullRefusedError) return { kind: 'refused', reason: error.message };
    if (!(error instanceof PullError)) throw error;
    return { kind: 'failed', reason: error.message };
  }
}

import type { CallbackEvent } from '../callback/callback-event.ts';
import { confirmRoute, type Passage, passageOf } from '../callback/confirmation.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { RoutedCallback } from '../callback/route-filter.ts';
import { confirmDelaysMs, createConfirmRoute } from '../confirm/create-confirm-route.ts';
import { createPulls, type PullOutcome } from '../confirm/create-pulls.ts';
import type { MerchantHistory } from '../merchant/merchant-history.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';

/** A quarter of an hour, in milliseconds. */
export const defaultAgreeMs = 900_000;

/** Which callbacks must be confirmed, by the options. */
export function confirmOf({ provider, confirm }: Pick<CallbackServerOptions, 'provider' | 'confirm'>) {
  return confirm ?? (provider ? 'decisions' : 'never');
}

/** Creates the route that confirms callbacks. With `confirm: 'never'`, waiting callbacks pass unconfirmed. */
export function createConfirmation(
  options: CallbackServerOptions,
  attemptTimeoutMs: number,
  routesOf: (callback: RoutedCallback) => readonly string[],
  historyOf: (merchantId: string) => Promise<MerchantHistory>,
  onPull: (outcome: PullOutcome) => void,
) {
  const { provider, pullsPerMinute = 120 } = options;
  const confirmed = confirmOf(options);
  const pulls = provider && createPulls(provider, pullsPerMinute, onPull);
  const isConfirmed = (event: CallbackEvent) => passageOf(confirmed, event) === 'confirm';
  return {
    route: createConfirmRoute({
      pulls,
      isActive: provider !== undefined || options.confirm === 'never',
      pullsPerMinute,
      delaysMs: options.confirmDelaysMs ?? confirmDelaysMs,
      attemptTimeoutMs,
      routesOf,
      historyOf,
      isConfirmed,
      agreeMs: options.agreeMs ?? defaultAgreeMs,
      unconfirmed: options.unconfirmed ?? 'wait',
      unconfirmedAfterMs: options.unconfirmedAfterMs ?? 3_600_000,
    }),
    /**
     * The way of a callback to its routes. A decision that no route takes is confirmed too, so that a forged decision cannot
     * hide the true decision.
     */
    passageOf: ({ event, verdict }: Pick<IncomingCallback, 'event' | 'verdict'>): Passage =>
      event === 'unknown' || (verdict !== 'valid' && verdict !== 'drift')
        ? 'direct'
        : passageOf(confirmed, event),
    /** The routes to look at when a callback is stored. */
    firstRoutes: (routes: readonly string[]): readonly string[] =>
      confirmed === 'never' ? routes : [confirmRoute, ...routes],
    pulls,
    clockJumped: () => pulls?.restart(),
  };
}

import {
  type ConfirmationState,
  confirmRoute,
} from '../../../packages/callback-server/src/callback/confirmation.ts';
import type { ConfirmedDelivery } from '../../../packages/callback-server/src/callback/delivery.ts';
import type { IncomingCallback } from '../../../packages/callback-server/src/callback/incoming-callback.ts';
import type {
  HistoryEntry,
  MerchantHistory,
} from '../../../packages/callback-server/src/merchant/merchant-history.ts';

/** A callback of the model store. */
export interface StoredCallback extends IncomingCallback {
  readonly id: string;
  readonly sequence: number;
  readonly states: Map<string, 'open' | 'taken' | 'dead' | 'overtaken'>;
  confirmation?: ConfirmationState;
}

/**
 * The callbacks that a model store keeps.
 *
 * @param extend - Adds an open delivery to its line.
 */
export function createStoredCallbacks(
  extend: (route: string, orderKey: string, callback: StoredCallback) => void,
) {
  const stored = new Map<string, StoredCallback>();
  const keep = (callback: IncomingCallback, routes: readonly string[]) => {
    const found = stored.get(callback.dedupKey);
    if (found) return { id: found.id, isNew: false };
    const sequence = stored.size + 1;
    const states = new Map(routes.map((route) => [route, 'open' as const]));
    const kept = { ...callback, id: `callback ${sequence}`, sequence, states };
    stored.set(callback.dedupKey, kept);
    for (const route of routes) extend(route, callback.merchantId ?? kept.id, kept);
    return { id: kept.id, isNew: true };
  };
  const open = (kept: StoredCallback, route: string, orderKey: string) => {
    if (kept.states.has(route)) return;
    kept.states.set(route, 'open');
    extend(route, orderKey, kept);
  };
  return {
    keep,
    confirm: ({ claim, confirmation }: ConfirmedDelivery) => {
      const kept = [...stored.values()].find(({ sequence }) => sequence === claim.callback);
      if (kept && confirmation.state) kept.confirmation = confirmation.state;
      if (kept) for (const route of confirmation.routes) open(kept, route, claim.orderKey);
    },
    /** Stores a callback that never arrived. */
    recover: (callback: IncomingCallback, routes: readonly string[]) => {
      const { id } = keep({ ...callback, dedupKey: `recovered ${stored.size}` }, routes);
      const kept = [...stored.values()].find((each) => each.id === id);
      if (kept) kept.confirmation = 'recovered';
      return id;
    },
    /** The callbacks of a merchant, oldest first, as a route sees them. */
    historyOf: (merchantId: string, route = ''): MerchantHistory =>
      [...stored.values()]
        .filter((each) => each.merchantId === merchantId)
        .flatMap((each) => entryOf(each, route)),
    /** The state of each delivery, with its route and the body of its callback. */
    states: () =>
      [...stored.values()].flatMap(({ body, states }) =>
        [...states].map(([route, state]) => ({ body, route, state })),
      ),
  };
}

function entryOf(
  { sequence, event, confirmation, states, receivedAt, providerTime }: StoredCallback,
  route: string,
): HistoryEntry[] {
  const isWaiting = states.get(confirmRoute) === 'open';
  const isLeftOut = confirmation === 'quarantined' || states.get(confirmRoute) === 'overtaken';
  if (event === 'unknown' || (isLeftOut && !isWaiting)) return [];
  const isRecovered = confirmation === 'recovered';
  const isTrue = isRecovered || confirmation === 'confirmed';
  const at = isRecovered ? receivedAt.getTime() : providerTime;
  return [
    {
      sequence,
      event,
      isRecovered,
      isDelivered: states.get(route) === 'open' || states.get(route) === 'taken',
      isReopened: false,
      arrivedAt: receivedAt.getTime(),
      standing: isWaiting ? 'waiting' : isTrue ? 'confirmed' : 'believed',
      ...(at !== undefined && { at: Math.min(at, receivedAt.getTime()) }),
    },
  ];
}

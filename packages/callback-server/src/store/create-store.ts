import type { CallbackStore } from './callback-store.ts';
import { createClaims } from './claim-deliveries.ts';
import { showDamagedWhole } from './damaged-callback.ts';
import type { RouteOrders } from './delivery-targets.ts';
import { showDrift } from './drift-record.ts';
import type { Encryption } from './encryption/encryption.ts';
import { callbackIdPattern } from './engine/callback-id.ts';
import type { RouteStats, StoreStats } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { isDamage } from './is-damage.ts';
import { keepCallback } from './keep-callback.ts';
import { listRows } from './list-rows.ts';
import { showKept, showWhole } from './read-callback-row.ts';

/** Stores callbacks in an engine, and encrypts what may contain personal data. */
export function createStore(engine: StoreEngine, encryption: Encryption, orders: RouteOrders): CallbackStore {
  const { countOpen, probe, close } = engine;
  return {
    keep: (callback, routes, passage = 'direct') =>
      keepCallback(callback, { routes, passage, orders }, engine, encryption),
    list: async ({ merchantId, delivery, event = null, verdict = null, before = null, limit = 100 }) => {
      const merchant = merchantId === undefined ? null : encryption.pseudonymOf(merchantId);
      const { route, state } = delivery ?? { route: null, state: null };
      // Nothing stored has such texts, and PostgreSQL refuses some of them.
      const isNothing = before !== null && !callbackIdPattern.test(before);
      if (isNothing || [event, route].some((text) => text?.includes('\0'))) return [];
      const filter = { merchant, event, verdict, before, route, state, after: null, upTo: null, limit };
      return showKept(await listRows(engine, filter), encryption);
    },
    get: async (id) => {
      if (!callbackIdPattern.test(id)) return undefined;
      try {
        const row = await engine.get(id);
        return row && (await showWhole(row, encryption));
      } catch (error) {
        const receipt = isDamage(error) ? await engine.receiptWithId(id) : undefined;
        if (receipt) return showDamagedWhole(receipt);
        throw error;
      }
    },
    drift: async () => (await engine.drift()).map((row) => showDrift(row, encryption)),
    ...createClaims(engine, encryption, orders),
    stats: () => readStats(engine),
    countOpen,
    probe,
    close,
  };
}

async function readStats(engine: StoreEngine): Promise<StoreStats> {
  const [lastReceivedAt, names] = await Promise.all([engine.lastReceivedAt(), engine.routeNames()]);
  const routes = new Map<string, RouteStats>();
  for (const name of names) {
    const stats = await engine.routeStats(name);
    if (stats) routes.set(name, stats);
  }
  return { routes, ...(lastReceivedAt && { lastReceivedAt }) };
}

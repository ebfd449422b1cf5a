import type { CallbackFilter } from '../callback/kept-callback.ts';
import type { CallbackStore } from './callback-store.ts';
import { createClaims } from './claim-deliveries.ts';
import { showDamagedWhole } from './damaged-callback.ts';
import type { RouteOrders } from './delivery-targets.ts';
import { showDrift } from './drift-record.ts';
import type { Encryption } from './encryption/encryption.ts';
import { callbackIdPattern } from './engine/callback-id.ts';
import type { RouteStats, RowFilter, StoreStats } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { isDamage } from './is-damage.ts';
import { caseHash, keepCallback } from './keep-callback.ts';
import { listRows } from './list-rows.ts';
import { showKept, showWhole } from './read-callback-row.ts';

/** Stores callbacks in an engine, and encrypts what may contain personal data. */
export function createStore(engine: StoreEngine, encryption: Encryption, orders: RouteOrders): CallbackStore {
  const { countOpen, latencies, probe, close } = engine;
  return {
    keep: (callback, routes, passage = 'direct') =>
      keepCallback(callback, { routes, passage, orders }, engine, encryption),
    list: async (filter) => {
      const rowFilter = rowFilterOf(filter, encryption);
      const { before, event, route } = rowFilter;
      // No stored callback has such texts, and PostgreSQL refuses some of them.
      const isNothing = before !== null && !callbackIdPattern.test(before);
      if (isNothing || [event, route].some((text) => text?.includes('\0'))) return [];
      return showKept(await listRows(engine, rowFilter), encryption);
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
    isEmpty: async () => (await engine.anyStored()) === undefined,
    arrivals: async (time) => {
      const counted = await engine.arrivals(time);
      return { ...noArrivals, ...Object.fromEntries(counted.map(({ verdict, count }) => [verdict, count])) };
    },
    countQuarantined: async () => (await engine.countQuarantined()) ?? 0,
    latencies,
    countOpen,
    probe,
    close,
  };
}

const noArrivals = { valid: 0, drift: 0, invalid: 0, unparsable: 0 };

function rowFilterOf(
  { merchantId, signzyAppId, delivery, limit = 100, ...filter }: CallbackFilter,
  encryption: Encryption,
): RowFilter {
  const { event = null, verdict = null, confirmation = null, before = null } = filter;
  return {
    merchant: merchantId === undefined ? null : encryption.pseudonymOf(merchantId),
    caseReference: signzyAppId === undefined ? null : caseHash(signzyAppId, encryption),
    event,
    verdict,
    confirmation,
    receivedFrom: filter.receivedFrom ?? null,
    receivedUntil: filter.receivedUntil ?? null,
    route: delivery?.route ?? null,
    state: delivery?.state ?? null,
    before,
    after: null,
    upTo: null,
    limit,
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

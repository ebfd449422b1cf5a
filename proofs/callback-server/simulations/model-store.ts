import {
  type ConfirmationState,
  confirmRoute,
} from '../../../packages/callback-server/src/callback/confirmation.ts';
import type { Claim, ClaimedDelivery } from '../../../packages/callback-server/src/callback/delivery.ts';
import type { IncomingCallback } from '../../../packages/callback-server/src/callback/incoming-callback.ts';
import type {
  HistoryEntry,
  MerchantHistory,
} from '../../../packages/callback-server/src/merchant/merchant-history.ts';
import type { CallbackStore } from '../../../packages/callback-server/src/store/callback-store.ts';
import type { Statement } from '../../../packages/callback-server/src/store/engine/records.ts';
import { StatementError } from '../../../packages/callback-server/src/store/engine/statement-error.ts';
import { type Effect, readEffect } from './effect.ts';

/** What the dispatcher and the receiver use of a store. */
export type SimulationStore = Pick<
  CallbackStore,
  | 'keep'
  | 'claim'
  | 'reclaimExpired'
  | 'settle'
  | 'settleWith'
  | 'settleConfirmed'
  | 'nextDueIn'
  | 'releaseDeferred'
  | 'correctDueTimes'
>;

interface Stored extends IncomingCallback {
  readonly id: string;
  readonly sequence: number;
  readonly states: Map<string, 'open' | 'taken' | 'dead' | 'overtaken'>;
  confirmation?: ConfirmationState;
}

interface Line {
  readonly route: string;
  readonly orderKey: string;
  readonly open: Stored[];
  nextAt: number;
  attempts: number;
  claim?: { readonly token: string; readonly holder: string; readonly leasedUntil: number };
}

/** The state of a delivery, with the body of its callback. */
export interface StoredDelivery {
  readonly body: Uint8Array;
  readonly route: string;
  readonly state: string;
}

export type ModelStore = ReturnType<typeof createModelStore>;

/** The statement that writes an effect. The model fails every other statement. */
export const insertEffect = 'INSERT effect';

/**
 * The promises of `CallbackStore`, kept in memory: what the dispatcher may rely on, and nothing else.
 *
 * @param isShared - Whether several processes may use the store, so that a claim is reclaimed only after its lease.
 */
export function createModelStore(isShared: boolean, leaseMs: number) {
  const stored = new Map<string, Stored>();
  const effects: Effect[] = [];
  const { all, extend, waiting, due, renew, claimLine, claimOf, isHeld, settle } = createLines(leaseMs);

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
  const open = (kept: Stored, route: string, orderKey: string) => {
    if (kept.states.has(route)) return;
    kept.states.set(route, 'open');
    extend(route, orderKey, kept);
  };
  /** Writes the effects of all statements, or of none. */
  const write = (statements: readonly Statement[]) => {
    effects.push(...statements.map(effectOf));
  };
  return {
    /** The store as one process sees it. */
    open: (holder: string): SimulationStore => ({
      keep: async (callback, routes) => keep(callback, routes),
      claim: async (route, { fresh, retries }) => {
        const found = [...due(route, false, fresh), ...due(route, true, retries)];
        return { claims: found.map((line) => claimLine(line, holder)), givenUp: [], unreadable: 0 };
      },
      reclaimExpired: async (route) => {
        const isExpired = ({ claim }: Line) =>
          claim && (isShared ? claim.leasedUntil <= performance.now() : claim.holder !== holder);
        const expired = all().filter((line) => line.route === route && isExpired(line));
        for (const line of expired) renew(line, holder);
        return expired.map(claimOf);
      },
      settle: async (route, settled) => settled.map((each) => settle(route, each)),
      settleWith: async (settled, statements) => {
        if (!isHeld(settled.claim)) return false;
        write(statements);
        settle(settled.claim.route, settled);
        return true;
      },
      settleConfirmed: async (confirmed) =>
        confirmed.map(({ claim, settlement, confirmation }) => {
          if (!settle(claim.route, { claim, settlement })) return false;
          const kept = [...stored.values()].find(({ sequence }) => sequence === claim.callback);
          if (kept && confirmation.state) kept.confirmation = confirmation.state;
          if (kept) for (const route of confirmation.routes) open(kept, route, claim.orderKey);
          return true;
        }),
      nextDueIn: async (route, withinMs) => {
        const next = (isRetry: boolean) => {
          const dueIn = (waiting(route, isRetry)[0]?.nextAt ?? Number.POSITIVE_INFINITY) - performance.now();
          return dueIn <= withinMs ? dueIn : undefined;
        };
        const [fresh, retry] = [next(false), next(true)];
        return { ...(fresh !== undefined && { fresh }), ...(retry !== undefined && { retry }) };
      },
      releaseDeferred: async (route) => {
        for (const line of waiting(route, true)) line.nextAt = Math.min(line.nextAt, performance.now());
      },
      correctDueTimes: async () => {},
    }),
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
    write,
    effects: (): readonly Effect[] => effects,
  };
}

function entryOf(
  { sequence, event, confirmation, states, receivedAt, providerTime }: Stored,
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

function effectOf({ text, values: [merchant, number, part] }: Statement): Effect {
  if (text !== insertEffect) throw new StatementError('not an effect');
  return readEffect({ merchant, number, part });
}

/** The lines of all merchants and routes. */
function createLines(leaseMs: number) {
  const lines = new Map<string, Line>();
  let tokens = 0;
  const extend = (route: string, orderKey: string, callback: Stored) => {
    const key = `${route} ${orderKey}`;
    const line = lines.get(key) ?? { route, orderKey, open: [], nextAt: performance.now(), attempts: 0 };
    lines.set(key, line);
    line.open.push(callback);
  };
  const waiting = (route: string, isRetry: boolean) =>
    [...lines.values()]
      .filter((line) => line.route === route && !line.claim && line.attempts > 0 === isRetry)
      .sort((one, other) => one.nextAt - other.nextAt);
  const due = (route: string, isRetry: boolean, limit: number) =>
    waiting(route, isRetry)
      .filter(({ nextAt }) => nextAt <= performance.now())
      .slice(0, limit);

  const renew = (line: Line, holder: string) => {
    line.claim = { token: `token ${++tokens}`, holder, leasedUntil: performance.now() + leaseMs };
  };
  const claimLine = (line: Line, holder: string): Claim => {
    renew(line, holder);
    line.attempts += 1;
    return claimOf(line);
  };
  const claimOf = ({ route, orderKey, open: [head], attempts, claim }: Line): Claim => {
    if (!head || !claim) throw new Error('The model claims a line without an open delivery.');
    const { id, sequence, receivedAt, event, verdict, body, confirmation } = head;
    if (event === 'unknown') throw new Error('The model delivers a callback without an event.');
    const known = { token: claim.token, route, orderKey, callback: sequence, callbackId: id, receivedAt };
    const found = { event, verdict, body, ...(confirmation && { confirmation }) };
    return { ...known, ...found, attempt: attempts, dataKey: null };
  };
  const isHeld = ({ route, orderKey, token }: ClaimedDelivery) =>
    lines.get(`${route} ${orderKey}`)?.claim?.token === token;
  const settle: Settle = (route, { claim, settlement }) => {
    const key = `${route} ${claim.orderKey}`;
    const line = lines.get(key);
    if (!line || !isHeld(claim)) return false;
    delete line.claim;
    if (settlement.state === 'due') {
      line.nextAt = performance.now() + settlement.retryDelayMs;
      return true;
    }
    line.open.shift()?.states.set(route, settlement.state);
    Object.assign(line, { attempts: 0, nextAt: performance.now() });
    if (line.open.length === 0) lines.delete(key);
    return true;
  };

  return { all: () => [...lines.values()], extend, waiting, due, renew, claimLine, claimOf, isHeld, settle };
}

type Settle = (route: string, settled: Parameters<CallbackStore['settle']>[1][number]) => boolean;

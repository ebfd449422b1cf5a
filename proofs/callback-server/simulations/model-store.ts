import type { IncomingCallback } from '../../../packages/callback-server/src/callback/incoming-callback.ts';
import type { MerchantHistory } from '../../../packages/callback-server/src/merchant/merchant-history.ts';
import type { CallbackStore } from '../../../packages/callback-server/src/store/callback-store.ts';
import type { Statement } from '../../../packages/callback-server/src/store/engine/records.ts';
import { StatementError } from '../../../packages/callback-server/src/store/engine/statement-error.ts';
import { type Effect, readEffect } from './effect.ts';
import { createModelLines, type ModelLine } from './model-lines.ts';
import { createStoredCallbacks } from './stored-callbacks.ts';

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
  const lines = createModelLines(leaseMs);
  const callbacks = createStoredCallbacks(lines.extend);
  const effects: Effect[] = [];
  /** Writes the effects of all statements, or of none. */
  const write = (statements: readonly Statement[]) => {
    effects.push(...statements.map(effectOf));
  };
  const { all, waiting, due, renew, claimLine, claimOf, isHeld, settle } = lines;
  return {
    /** The store as one process sees it. */
    open: (holder: string): SimulationStore => ({
      keep: async (callback, routes) => callbacks.keep(callback, routes),
      claim: async (route, { fresh, retries }) => {
        const found = [...due(route, false, fresh), ...due(route, true, retries)];
        return { claims: found.map((line) => claimLine(line, holder)), givenUp: [], unreadable: 0 };
      },
      reclaimExpired: async (route) => {
        const isExpired = ({ claim }: ModelLine) =>
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
        confirmed.map((each) => {
          const isSettled = settle(each.claim.route, each);
          if (isSettled) callbacks.confirm(each);
          return isSettled;
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
    recover: (callback: IncomingCallback, routes: readonly string[]) => callbacks.recover(callback, routes),
    historyOf: (merchantId: string, route?: string): MerchantHistory =>
      callbacks.historyOf(merchantId, route),
    states: callbacks.states,
    write,
    effects: (): readonly Effect[] => effects,
  };
}

function effectOf({ text, values: [merchant, number, part] }: Statement): Effect {
  if (text !== insertEffect) throw new StatementError('not an effect');
  return readEffect({ merchant, number, part });
}

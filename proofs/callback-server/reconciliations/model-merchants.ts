import type { CheckSchedule } from '../../../packages/callback-server/src/merchant/check-schedule.ts';
import type { ExpectedMerchant } from '../../../packages/callback-server/src/merchant/expected-merchant.ts';
import type {
  ClaimedMerchant,
  MerchantStore,
} from '../../../packages/callback-server/src/store/merchants.ts';
import type { ModelStore } from '../simulations/model-store.ts';

interface Row extends ClaimedMerchant {
  readonly expected: ExpectedMerchant;
  readonly nextAt: number;
}

/** The promises of `MerchantStore`, kept in memory: what the reconciliation may rely on, and nothing else. */
export function createModelMerchants(
  store: ModelStore,
): Omit<MerchantStore, 'merchantCounts' | 'listMerchants' | 'leaseSweep'> {
  const rows = new Map<string, Row>();
  let tokens = 0;
  const set = (row: Row, changes: Partial<Row>) => rows.set(row.merchant, { ...row, ...changes });
  const settle = (merchant: string, next: CheckSchedule) => {
    const row = rows.get(merchant);
    if (row) set(row, { ...next, token: '', nextAt: performance.now() + next.delayMs });
  };
  return {
    expect: async (merchants, isTrusted, delayMs) => {
      const nextAt = performance.now() + delayMs;
      for (const expected of merchants) {
        const known = rows.get(expected.merchantId);
        if (!known) {
          const schedule = { state: 'in-step', quietMs: 0, delayMs } as const;
          rows.set(expected.merchantId, {
            ...schedule,
            merchant: expected.merchantId,
            token: '',
            expected,
            nextAt,
          });
          continue;
        }
        set(known, {
          token: '',
          nextAt: Math.min(known.nextAt, nextAt),
          ...(isTrusted && { expected }),
          ...(known.state === 'in-step' && { quietMs: 0, delayMs }),
        });
      }
    },
    claimMerchant: async (claimMs) => {
      const due = [...rows.values()]
        .filter(({ nextAt }) => nextAt <= performance.now())
        .sort((one, other) => one.nextAt - other.nextAt)[0];
      if (!due) return undefined;
      const claimed = { ...due, token: `token ${++tokens}`, nextAt: performance.now() + claimMs };
      rows.set(due.merchant, claimed);
      return claimed;
    },
    settleCheck: async ({ merchant, token }, next) => {
      if (rows.get(merchant)?.token === token) settle(merchant, next);
    },
    recover: async ({ merchant }, { callback, routes, history, next }) => {
      const newest = store.historyOf(merchant).at(-1)?.sequence;
      if (newest !== history.at(-1)?.sequence) return undefined;
      settle(merchant, next);
      return store.recover(callback, routes);
    },
    historyOf: async (merchantId, route) => store.historyOf(merchantId, route),
    correctMerchants: async () => {},
  };
}

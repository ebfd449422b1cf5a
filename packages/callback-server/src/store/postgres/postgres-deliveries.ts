import { dateIn, readClaim } from '../engine/read-rows.ts';
import * as shared from '../engine/shared-statements.ts';
import type { DeliveryEngine } from '../engine/store-engine.ts';
import { isUniqueViolation } from './postgres-fault.ts';
import type { PostgresSession } from './postgres-session.ts';
import * as sql from './statements.ts';

export function createPostgresDeliveries(
  { run, one, all }: PostgresSession,
  leaseMs: number,
): DeliveryEngine {
  return {
    claim: async (now, token) => {
      for (;;) {
        try {
          const row = await one(sql.claimDelivery, { now, token, leaseMs });
          return row && readClaim(row);
        } catch (error) {
          // Another replica has just claimed a delivery of the same merchant. The next try sees its claim.
          if (!isUniqueViolation(error)) throw error;
        }
      }
    },
    reclaimExpired: async (token) => (await all(sql.reclaimDeliveries, { token, leaseMs })).map(readClaim),
    settle: async ({ delivery, token, now, settlement }) => {
      const { state } = settlement;
      const nextAt = settlement.state === 'due' ? settlement.nextAt : now;
      const outcome = settlement.state === 'taken' ? 'taken' : settlement.outcome;
      await run(sql.settleDelivery, { delivery, token, state, nextAt, now, outcome });
    },
    nextDueAt: async () => {
      const row = await one(shared.nextDueAt);
      return row && dateIn(row, 'next_at');
    },
  };
}

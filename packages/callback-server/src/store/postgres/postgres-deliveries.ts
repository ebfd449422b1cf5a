import { readClaim } from '../engine/read-rows.ts';
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
    settle: async (attempt) => {
      await run(sql.settleDelivery, { ...attempt });
    },
  };
}

import { type ClaimRow, numberIn, type Row, readClaim } from '../engine/read-rows.ts';
import type { DeliveryEngine } from '../engine/store-engine.ts';
import type { SqliteSession, Synchronous } from './sqlite-session.ts';
import * as sql from './statements.ts';

/** @param holder - Identifies this run of the server, so that claims of an earlier run are recognised. */
export function createDeliveryOperations(
  { run, one, all }: SqliteSession,
  holder: string,
): Synchronous<DeliveryEngine> {
  const claimOf = (delivery: Row): ClaimRow => {
    const callback = one(sql.claimedCallback, { callback: numberIn(delivery, 'callback_sequence') });
    return readClaim({ ...callback, ...delivery });
  };
  return {
    claim: (now, token) => {
      const row = one(sql.claimDelivery, { now, token, holder });
      if (!row) return undefined;
      run(sql.startAttempt, { delivery: numberIn(row, 'delivery'), now });
      return claimOf(row);
    },
    // Only one process can open the file, so the holder of any other claim is gone.
    reclaimExpired: (token) => all(sql.reclaimDeliveries, { token, holder }).map(claimOf),
    settle: ({ delivery, token, now, state, nextAt, outcome }) => {
      const settled = run(sql.settleDelivery, { delivery, token, state, nextAt });
      if (settled === 0) return;
      run(sql.endAttempt, { delivery, now, outcome });
      if (state === 'due') run(sql.deferSiblings, { delivery, nextAt });
    },
  };
}

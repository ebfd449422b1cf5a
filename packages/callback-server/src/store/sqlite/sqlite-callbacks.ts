import type { CallbackRecord, ClaimRow, RowFilter } from '../engine/rows.ts';
import type { CallbackEngine } from '../engine/store-engine.ts';
import { dataKey as dataKeyIsThere } from './key-statements.ts';
import { createCallbackReader, createWholeReader, readClaim, readDrift } from './sqlite-rows.ts';
import { bytes, date, number, type Row, type SqliteSession, type Values } from './sqlite-session.ts';
import * as sql from './statements.ts';
import type { Synchronous } from './synchronous.ts';

/** @param holder - Names this run of the server, so that claims of an earlier one are told apart. */
export function createCallbackOperations(
  session: SqliteSession,
  holder: string,
): Synchronous<CallbackEngine> {
  const { run, insert, one, all } = session;
  const callbackOf = createCallbackReader(session);
  const wholeOf = createWholeReader(session);
  const claimOf = (delivery: Row, token: string): ClaimRow =>
    readClaim(
      delivery,
      one(sql.claimedCallback, { callback: number(delivery['callback_sequence']) }) ?? {},
      token,
    );

  const keepRepeat = ({ dedupHash, bodyHash, body }: CallbackRecord, receipt: Values) => {
    const first = one(sql.countRepeat, { dedupHash }) ?? {};
    const differs = Buffer.compare(bytes(first['body_hash']), bodyHash) !== 0;
    const callback = number(first['sequence']);
    run(sql.keepReceipt, { ...receipt, callback, differing: differs ? body : null });
    return { id: String(first['id']), isNew: false };
  };

  return {
    keep: (callback) => {
      const { routes, drift, orderKey, receivedAt, sender, ...row } = callback;
      const { id, dataKey, bodyHash, bodyBytes } = callback;
      if (dataKey !== null && !one(dataKeyIsThere, { id: dataKey })) return undefined;
      const at = receivedAt.getTime();
      const receipt = { id, receivedAt: at, bodyHash, bodyBytes, dataKey, sender };
      const sequence = insert(sql.keepCallback, { ...row, receivedAt: at });
      if (sequence === undefined) return keepRepeat(callback, receipt);
      run(sql.keepReceipt, { ...receipt, callback: sequence, differing: null });
      for (const route of routes) run(sql.addDelivery, { callback: sequence, route, orderKey, nextAt: at });
      for (const { hash, event, details } of drift) run(sql.countDrift, { hash, event, details, at, id });
      return { id, isNew: true };
    },

    list: (filter) => all(sql.listCallbacks(filter), given(filter)).map(callbackOf),

    get: (id) => {
      const row = one(sql.getCallback, { id });
      return row && wholeOf(row);
    },

    drift: () => all(sql.listDrift).map(readDrift),

    stats: () => {
      const oldest = one(sql.oldestUndelivered);
      const last = one(sql.lastReceived);
      return {
        ...(oldest && { oldestUndeliveredAt: date(oldest['received_at']) }),
        ...(last && { lastReceivedAt: date(last['received_at']) }),
        blockedKeys: number(one(sql.blockedKeys)?.['count']),
        deadLetters: number(one(sql.deadLetters)?.['count']),
      };
    },

    claim: (now, token) => {
      const row = one(sql.claimDelivery, { now: now.getTime(), token, holder });
      if (!row) return undefined;
      run(sql.startAttempt, { delivery: number(row['sequence']), now: now.getTime() });
      return claimOf(row, token);
    },

    // Nobody else has the file, so whoever held these is gone.
    reclaimExpired: (token) =>
      all(sql.reclaimExpiredDeliveries, { token, holder }).map((row) => claimOf(row, token)),

    settle: (delivery, token, now, settlement) => {
      const at = now.getTime();
      const { state } = settlement;
      const nextAt = settlement.state === 'due' ? settlement.nextAt.getTime() : at;
      const outcome = settlement.state === 'taken' ? 'taken' : settlement.outcome;
      const settled = run(sql.settleDelivery, { delivery, token, state, nextAt });
      if (settled === 0) return;
      run(sql.endAttempt, { delivery, now: at, outcome });
      if (state === 'due') run(sql.deferSiblings, { delivery, nextAt });
    },

    nextDueAt: () => {
      const row = one(sql.nextDueAt);
      return row && date(row['next_at']);
    },

    probe: (now) => {
      run(sql.probe, { now: now.getTime() });
    },
  };
}

/** SQLite refuses what a statement does not ask for. */
function given(filter: RowFilter): Values {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null));
}

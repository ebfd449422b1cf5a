import { firstIdOf } from '../engine/callback-id.ts';
import {
  readClaimedMerchant,
  readHistoryRow,
  readListedMerchant,
  readMerchantCounts,
} from '../engine/merchant-rows.ts';
import * as sql from '../engine/merchant-statements.ts';
import { numberIn } from '../engine/read-rows.ts';
import type { MerchantEngine } from '../engine/store-engine.ts';
import { hasDataKey } from './key-statements.ts';
import { keep } from './sqlite-callbacks.ts';
import type { SqliteSession, Synchronous } from './sqlite-session.ts';
import { undamaged } from './undamaged.ts';

const dialect = {
  now: '$now',
  after: (milliseconds: string) => `$now + ${milliseconds}`,
  msSince: (time: string) => `$now - ${time}`,
  isAmong: (query: string) => `merchant IN (${query})`,
};
const statements = sql.merchantStatements(dialect);

const merchantHistory = sql.historyOf('$merchant', '$route');

const expectMerchant = `
  INSERT INTO merchants AS known (${sql.merchantColumns})
  VALUES ($merchant, $dataKey, $details, ${sql.newMerchantTimes(dialect, '$delayMs')})
  ${sql.expectAgain}`;

const isNamedBy = sql.isNamedBy('$callback');

/** The server has made the callback from a pulled document, so the two agree. */
const keepRecovered = `
  INSERT INTO confirmations (callback_sequence, state, at, pulled)
  SELECT sequence, 'recovered', $now, $pulled FROM callbacks WHERE id = $id`;

/** @param now - Advances by elapsed time, so that a jump of the wall clock makes no check early or late. */
export function createMerchantOperations(
  session: SqliteSession,
  now: () => number,
): Synchronous<MerchantEngine> {
  const { run, one, all } = session;
  return {
    merchantHistories: (asked) => asked.map((each) => all(merchantHistory, { ...each }).map(readHistoryRow)),
    expect: (merchants, isTrusted, delayMs) => {
      const live = merchants.filter(({ dataKey }) => dataKey === null || one(hasDataKey, { id: dataKey }));
      const named = live.filter(({ callback }) => callback === null || one(isNamedBy, { callback }));
      for (const { merchant, dataKey, details } of named)
        run(expectMerchant, {
          merchant,
          dataKey,
          details,
          isTrusted: Number(isTrusted),
          delayMs,
          now: now(),
        });
      return live.map(({ merchant }) => merchant);
    },
    forgetExpected: (merchant) => {
      run(sql.forgetMerchant, { merchant });
    },
    claimMerchant: (token, claimMs) => {
      const claim = (trusted: number) => one(statements.claim, { token, claimMs, trusted, now: now() });
      const row = claim(1) ?? claim(0);
      return row && readClaimedMerchant(row);
    },
    settleCheck: (check) => {
      run(statements.settle, { ...check, now: now() });
    },
    recover: (callback, pulled, check, newest, prompt) => {
      const { merchant } = check;
      const found = one(sql.newestUsable, { merchant });
      if (!one(sql.isKnown, { merchant }) || (found ? numberIn(found, 'sequence') : 0) !== newest)
        return false;
      // If the merchant's key is missing, the merchant is being erased.
      if (!keep(session, callback, now())) return false;
      run(keepRecovered, { id: callback.id, pulled, now: now() });
      for (const route of prompt)
        run(statements.makeLineDue, { route, orderKey: callback.orderKey, now: now() });
      run(statements.settleRecovered, { ...check, now: now() });
      return true;
    },
    correctMerchants: (limit) => run(statements.correct, { limit, now: now() }),
    merchantCounts: () => readMerchantCounts(one(statements.counts, { now: now() }) ?? {}),
    listMerchants: ({ state, after, limit }) =>
      all(statements.list(state), { after, limit, now: now() }).map(readListedMerchant),
    dropMerchants: (before, limit) =>
      undamaged(() => run(sql.dropMerchants, { before, firstKept: firstIdOf(before), limit })),
    dropMerchant: (merchant, before) =>
      undamaged(() => run(sql.dropMerchant, { merchant, before, firstKept: firstIdOf(before) })),
    // Only one process can hold the lock of the file.
    leaseSweep: () => true,
  };
}

import { confirmRoute } from '../../callback/confirmation.ts';
import { arrivalsInHour, type ListQuery, listCallbacks } from '../engine/list-callbacks.ts';
import {
  numberIn,
  type Row,
  readArrivals,
  readCallback,
  readWholeCallback,
  textIn,
} from '../engine/read-rows.ts';
import type { CallbackRecord, KeepResult } from '../engine/records.ts';
import type { CallbackEngine } from '../engine/store-engine.ts';
import * as sql from './keep-statements.ts';
import { hasDataKey } from './key-statements.ts';
import { attemptsOf, deliveriesOf, getCallback, listDialect, receiptsOf } from './list-statements.ts';
import type { SqliteSession, Synchronous, Values } from './sqlite-session.ts';

export function createCallbackOperations(
  session: SqliteSession,
  now: () => number,
): Synchronous<CallbackEngine> {
  const { one, all } = session;
  return {
    keep: (callback) => keep(session, callback, now()),
    list: (filter) => {
      const steps = listCallbacks(filter, listDialect);
      let step = steps.next();
      while (!step.done) step = steps.next(all(step.value.text, namedValues(step.value)));
      return step.value.map((row) => readCallback(withDeliveries(session, row)));
    },
    arrivals: (time) => all(arrivalsInHour(listDialect), { time }).map(readArrivals),
    get: (id) => {
      const row = one(getCallback, { id });
      return row && readWholeCallback(withReceipts(session, row));
    },
  };
}

/** Stores a callback with its receipt and its deliveries. */
export function keep({ run, insert, one }: SqliteSession, callback: CallbackRecord, now: number): KeepResult {
  const { targets, passage, drift, orderKey, sender, ...row } = callback;
  const { id, dataKey, bodyHash, bodyBytes, receivedAt } = callback;
  if (dataKey !== null && !one(hasDataKey, { id: dataKey })) return undefined;
  const receipt = { id, receivedAt, bodyHash, bodyBytes, dataKey, sender };
  const sequence = insert(sql.keepCallback, row);
  if (sequence === undefined) {
    const first = one(sql.countRepeat, { dedupHash: callback.dedupHash }) ?? {};
    run(sql.keepReceipt, { ...receipt, callback: numberIn(first, 'sequence') });
    return { id: textIn(first, 'id'), isNew: false };
  }
  run(sql.keepReceipt, { ...receipt, callback: sequence });
  const isBehind = () => one(sql.hasLine, { route: confirmRoute, orderKey }) !== undefined;
  const isConfirmed = passage === 'confirm' || (passage === 'in-order' && targets.length > 0 && isBehind());
  const stage = isConfirmed ? [{ route: confirmRoute, orderKey }] : targets;
  for (const target of stage) {
    run(sql.addDelivery, { callback: sequence, ...target });
    run(sql.extendLine, { callback: sequence, ...target, now });
  }
  for (const { hash, event, details } of drift)
    run(sql.countDrift, { hash, event, details, at: receivedAt, id });
  return { id, isNew: true };
}

function withDeliveries({ all }: SqliteSession, row: Row): Row {
  const callback = numberIn(row, 'sequence');
  const deliveries = all(deliveriesOf, { callback }).map((delivery) => ({
    ...delivery,
    attempts: all(attemptsOf, { callback, route: textIn(delivery, 'route') }),
  }));
  return { ...row, deliveries };
}

/** Adds the deliveries and the receipts of a callback to its row. */
export function withReceipts(session: SqliteSession, row: Row): Row {
  const receipts = session.all(receiptsOf, { callback: numberIn(row, 'sequence') });
  return { ...withDeliveries(session, row), receipts };
}

/** SQLite rejects values that a statement does not name. */
function namedValues({ text, values }: ListQuery): Values {
  const names = new Set([...text.matchAll(/\$(\w+)/g)].map(([, name]) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

import type { Attempt, Delivery, DeliveryState, Route } from '../callback-store.ts';
import type { CallbackEngine, CallbackRow, ClaimRow, DriftRow } from '../store-engine.ts';
import { dataKey as dataKeyIsThere } from './key-statements.ts';
import type { AtOnce } from './sqlite-operations.ts';
import {
  bytes,
  bytesOrNull,
  date,
  number,
  type Row,
  type SqliteSession,
  textOrNull,
} from './sqlite-session.ts';
import * as sql from './statements.ts';

/** @param holder - Names this run of the server, so that claims of an earlier one are told apart. */
export function createCallbackOperations(session: SqliteSession, holder: string): AtOnce<CallbackEngine> {
  const { run, one, all } = session;
  const callbackOf = createCallbackReader(session);
  const claimOf = (delivery: Row, token: string): ClaimRow =>
    readClaim(
      delivery,
      one(sql.claimedCallback, { callback: number(delivery['callback_sequence']) }) ?? {},
      token,
    );

  return {
    keep: (callback) => {
      const { routes, drift, orderKey, receivedAt, bodyHash, bodyBytes, dataKey, body, ...rest } = callback;
      if (dataKey !== null && !one(dataKeyIsThere, { id: dataKey })) return undefined;
      const at = receivedAt.getTime();
      const common = { receivedAt: at, bodyHash, bodyBytes, dataKey };
      const kept = one(sql.keepCallback, { ...rest, ...common, body }) ?? {};
      const sequence = number(kept['sequence']);
      const id = String(kept['id']);
      const differs = Buffer.compare(bytes(kept['body_hash']), bodyHash) !== 0;
      run(sql.keepReceipt, { ...common, id: rest.id, callback: sequence, differing: differs ? body : null });
      if (id !== rest.id) return { id, isNew: false };
      for (const route of routes) run(sql.addDelivery, { callback: sequence, route, orderKey, nextAt: at });
      for (const { hash, event, details } of drift) run(sql.countDrift, { hash, event, details, at, id });
      return { id, isNew: true };
    },

    list: ({ merchant, event, limit }) =>
      (merchant === null
        ? all(sql.listCallbacks, { event, limit })
        : all(sql.listCallbacksOfMerchant, { merchant, event, limit })
      ).map(callbackOf),

    get: (id) => {
      const row = one(sql.getCallback, { id });
      return row && { ...callbackOf(row), body: bytesOrNull(row['body']) };
    },

    drift: () => all(sql.listDrift).map(readDrift),

    figures: () => {
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
    takeOver: (token) => all(sql.takeOverDeliveries, { token, holder }).map((row) => claimOf(row, token)),

    settle: (delivery, token, now, settlement) => {
      const at = now.getTime();
      const { state } = settlement;
      const nextAt = settlement.state === 'due' ? settlement.nextAt.getTime() : at;
      const outcome = settlement.state === 'taken' ? 'taken' : settlement.outcome;
      const settled = run(sql.settleDelivery, { delivery, token, state, nextAt });
      if (settled === 0) return;
      run(sql.endAttempt, { delivery, now: at, outcome });
      if (state === 'due') run(sql.holdUpOthers, { delivery, nextAt });
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

/** Reads a callback's row, with its deliveries. */
export function createCallbackReader({ all }: SqliteSession): (row: Row) => CallbackRow {
  const deliveriesOf = (callback: number) =>
    all(sql.deliveriesOf, { callback }).map((row) =>
      readDelivery(row, all(sql.attemptsOf, { delivery: number(row['sequence']) })),
    );
  return (row) => readCallback(row, deliveriesOf(number(row['sequence'])));
}

function readCallback(row: Row, deliveries: Delivery[]): CallbackRow {
  return {
    sequence: number(row['sequence']),
    id: String(row['id']),
    event: String(row['event']),
    verdict: String(row['verdict']),
    receivedAt: date(row['received_at']),
    seenCount: number(row['seen_count']),
    bodyBytes: number(row['body_bytes']),
    dataKey: textOrNull(row['data_key']),
    details: bytesOrNull(row['details']),
    hasBody: row['has_body'] === 1,
    masked: bytesOrNull(row['masked']),
    deliveries,
  };
}

function readDelivery(row: Row, attempts: Row[]): Delivery {
  return {
    route: String(row['route']) as Route,
    state: String(row['state']) as DeliveryState,
    nextAt: date(row['next_at']),
    attempts: attempts.map(readAttempt),
  };
}

function readAttempt({ started_at: startedAt, ended_at: endedAt, outcome }: Row): Attempt {
  return {
    startedAt: date(startedAt),
    ...(typeof endedAt === 'number' && { endedAt: date(endedAt) }),
    ...(typeof outcome === 'string' && { outcome }),
  };
}

function readClaim(delivery: Row, callback: Row, token: string): ClaimRow {
  return {
    delivery: number(delivery['sequence']),
    token,
    route: String(delivery['route']) as Route,
    attempt: number(delivery['attempts']),
    id: String(callback['id']),
    event: String(callback['event']),
    verdict: String(callback['verdict']),
    receivedAt: date(callback['received_at']),
    dataKey: textOrNull(callback['data_key']),
    body: bytesOrNull(callback['body']),
  };
}

function readDrift(row: Row): DriftRow {
  return {
    hash: bytes(row['hash']),
    event: String(row['event']),
    details: bytes(row['details']),
    since: date(row['since']),
    lastAt: date(row['last_at']),
    count: number(row['count']),
    exampleId: String(row['example_id']),
  };
}

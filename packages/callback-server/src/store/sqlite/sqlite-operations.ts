import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Attempt, Delivery, DeliveryState, Route } from '../callback-store.ts';
import type { CallbackRow, ClaimRow, DriftRow, StoreEngine } from '../store-engine.ts';
import * as sql from './statements.ts';

type Row = Record<string, SQLOutputValue>;
type Values = Record<string, SQLInputValue>;

/** The calls of an engine, done at once. */
type AtOnce<Calls> = {
  [Name in keyof Calls]: Calls[Name] extends (...args: infer Args) => Promise<infer Result>
    ? (...args: Args) => Result
    : never;
};

/** What the engine does with its database. Those that write do so within a transaction of their caller's. */
export type SqliteOperations = AtOnce<Omit<StoreEngine, 'close'>>;

/** @param holder - Names this run of the server, so that claims of an earlier one are told apart. */
export function createSqliteOperations(database: DatabaseSync, holder: string): SqliteOperations {
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (text: string) => {
    const found = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, found);
    return found;
  };
  const run = (text: string, values: Values) => statement(text).run(values);
  const one = (text: string, values: Values = {}): Row | undefined => statement(text).get(values);
  const all = (text: string, values: Values = {}): Row[] => statement(text).all(values);

  const claimOf = (delivery: Row, token: string): ClaimRow =>
    readClaim(
      delivery,
      one(sql.claimedCallback, { callback: number(delivery['callback_sequence']) }) ?? {},
      token,
    );

  const callbackOf = (row: Row): CallbackRow =>
    readCallback(
      row,
      all(sql.deliveriesOf, { callback: number(row['sequence']) }).map((delivery) =>
        readDelivery(delivery, all(sql.attemptsOf, { delivery: number(delivery['sequence']) })),
      ),
    );

  return {
    keep: (callback) => {
      const { routes, drift, orderKey, receivedAt, bodyHash, bodyBytes, dataKey, body, ...rest } = callback;
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
      const { changes } = run(sql.settleDelivery, { delivery, token, state, nextAt });
      if (changes === 1) run(sql.endAttempt, { delivery, now: at, outcome });
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

function number(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number')
    throw new TypeError('The database holds something else where a number belongs.');
  return value;
}

function date(value: SQLOutputValue | undefined): Date {
  return new Date(number(value));
}

function bytes(value: SQLOutputValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array))
    throw new TypeError('The database holds something else where bytes belong.');
  return value;
}

function bytesOrNull(value: SQLOutputValue | undefined): Uint8Array | null {
  return value === null ? null : bytes(value);
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

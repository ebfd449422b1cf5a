import { randomBytes } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { CallbackEvent } from '../verdict/callback-event.ts';
import type { Verdict } from '../verdict/judge.ts';
import type {
  Attempt,
  CallbackFilter,
  CallbackStore,
  Claim,
  Delivery,
  DeliveryState,
  IncomingCallback,
  KeptCallback,
  Route,
} from './callback-store.ts';
import { migrate } from './migrate.ts';
import { openSqlite } from './open-sqlite.ts';
import * as sql from './sqlite-statements.ts';

type Row = Record<string, SQLOutputValue>;

/**
 * Keeps callbacks in one SQLite file, for one process. Every commit is on disk before its promise resolves.
 *
 * @throws Error where the file cannot be trusted or is another process's.
 */
export function openSqliteStore(path: string): CallbackStore {
  const database = openSqlite(path);
  try {
    migrate(database);
  } catch (error) {
    database.close();
    throw error;
  }

  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (text: string) => {
    const found = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, found);
    return found;
  };
  const transaction = <Result>(run: () => Result): Result => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = run();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
  const claimOf = (delivery: Row, token: string): Claim => {
    const callback = statement(sql.getClaimed).get({ callback: number(delivery['callback_sequence']) }) ?? {};
    return readClaim(delivery, callback, token);
  };
  const withDeliveries = (row: Row): KeptCallback => {
    const deliveries = statement(sql.deliveriesOf).all({ callback: number(row['sequence']) });
    return readCallback(
      row,
      deliveries.map((delivery) => readDelivery(delivery, attemptsOf(delivery))),
    );
  };
  const attemptsOf = (delivery: Row) =>
    statement(sql.attemptsOf).all({ delivery: number(delivery['sequence']) });

  return {
    keep: async (callback, routes) =>
      transaction(() => {
        const { receivedAt, bodySha256, body } = callback;
        const kept = statement(sql.keepCallback).get(callbackValues(callback)) ?? {};
        const sequence = number(kept['sequence']);
        const isNew = number(kept['seen_count']) === 1;
        statement(sql.keepReceipt).run({
          callback: sequence,
          receivedAt: receivedAt.getTime(),
          bodySha256,
          bytes: body.byteLength,
          differing: kept['body_sha256'] === bodySha256 ? null : body,
        });
        const orderKey = callback.merchantId ?? String(kept['id']);
        for (const route of isNew ? routes : [])
          statement(sql.addDelivery).run({
            callback: sequence,
            route,
            orderKey,
            nextAt: receivedAt.getTime(),
          });
        return { id: String(kept['id']), isNew };
      }),

    list: async ({ merchantId, event, limit = 100 }: CallbackFilter) =>
      statement(sql.listCallbacks)
        .all({ merchantId: merchantId ?? null, event: event ?? null, limit })
        .map(withDeliveries),

    get: async (id) => {
      const row = statement(sql.getCallback).get({ id });
      return row && { ...withDeliveries(row), body: bytes(row['body']) };
    },

    claim: async (now) =>
      transaction(() => {
        const token = randomBytes(16).toString('hex');
        const row = statement(sql.claimDelivery).get({ now: now.getTime(), token });
        if (!row) return undefined;
        statement(sql.startAttempt).run({ delivery: number(row['sequence']), now: now.getTime() });
        return claimOf(row, token);
      }),

    // Nobody else has the file, so whoever held these is gone.
    takeOver: async () =>
      statement(sql.claimedDeliveries)
        .all()
        .map((row) => claimOf(row, String(row['claim']))),

    settle: async (claim, now, settlement) =>
      transaction(() => {
        const { changes } = statement(sql.settleDelivery).run({
          delivery: claim.delivery,
          token: claim.token,
          state: settlement.state,
          nextAt: settlement.state === 'due' ? settlement.nextAt.getTime() : now.getTime(),
        });
        if (changes === 1)
          statement(sql.endAttempt).run({
            delivery: claim.delivery,
            now: now.getTime(),
            outcome: settlement.state === 'taken' ? 'taken' : settlement.outcome,
          });
      }),

    nextDueAt: async () => {
      const at = statement(sql.nextDueAt).get()?.['next_at'];
      return typeof at === 'number' ? new Date(at) : undefined;
    },

    probe: async (now) => {
      statement(sql.probe).run({ now: now.getTime() });
    },

    close: async () => {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
    },
  };
}

function callbackValues(callback: IncomingCallback): Record<string, string | number | Uint8Array | null> {
  const { receivedAt, merchantId, status, violations, ...rest } = callback;
  return {
    ...rest,
    id: timeOrderedId(receivedAt),
    merchantId: merchantId ?? null,
    status: status ?? null,
    violations: JSON.stringify(violations),
    receivedAt: receivedAt.getTime(),
  };
}

function timeOrderedId(now: Date): string {
  return now.getTime().toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
}

function readCallback(row: Row, deliveries: Delivery[]): KeptCallback {
  const { merchant_id: merchantId, status } = row;
  return {
    id: String(row['id']),
    event: String(row['event']) as CallbackEvent,
    ...(typeof merchantId === 'string' && { merchantId }),
    ...(typeof status === 'string' && { status }),
    verdict: String(row['verdict']) as Verdict,
    violations: JSON.parse(String(row['violations'])) as KeptCallback['violations'],
    bodySha256: String(row['body_sha256']),
    receivedAt: new Date(number(row['received_at'])),
    seenCount: number(row['seen_count']),
    deliveries,
  };
}

function readDelivery(row: Row, attempts: Row[]): Delivery {
  return {
    route: String(row['route']) as Route,
    state: String(row['state']) as DeliveryState,
    nextAt: new Date(number(row['next_at'])),
    attempts: attempts.map(readAttempt),
  };
}

function readAttempt({ started_at: startedAt, ended_at: endedAt, outcome }: Row): Attempt {
  return {
    startedAt: new Date(number(startedAt)),
    ...(typeof endedAt === 'number' && { endedAt: new Date(endedAt) }),
    ...(typeof outcome === 'string' && { outcome }),
  };
}

function readClaim(delivery: Row, callback: Row, token: string): Claim {
  return {
    delivery: number(delivery['sequence']),
    token,
    route: String(delivery['route']) as Route,
    attempt: number(delivery['attempts']),
    callbackId: String(callback['id']),
    event: String(callback['event']) as CallbackEvent,
    verdict: String(callback['verdict']) as Verdict,
    receivedAt: new Date(number(callback['received_at'])),
    body: bytes(callback['body']),
  };
}

function number(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number')
    throw new TypeError('The database holds something else where a number belongs.');
  return value;
}

function bytes(value: SQLOutputValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array))
    throw new TypeError('The database holds something else where bytes belong.');
  return value;
}

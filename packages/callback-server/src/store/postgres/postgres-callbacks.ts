import type { Pool } from 'pg';
import { confirmRoute } from '../../callback/confirmation.ts';
import { createGroupCommit } from '../engine/group-commit.ts';
import { arrivalsInHour, listCallbacks } from '../engine/list-callbacks.ts';
import { type Row, readArrivals, readCallback, readWholeCallback, rowsIn } from '../engine/read-rows.ts';
import type { CallbackRecord, DeliveryTarget, KeepResult } from '../engine/records.ts';
import type { CallbackEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { keepCallbacks } from './keep-statements.ts';
import * as sql from './list-statements.ts';
import { faultOf } from './postgres-fault.ts';
import { type PostgresSession, positional, type Values } from './postgres-session.ts';

export function createPostgresCommits(pool: Pool, { onFatal, onCommit = () => {} }: StoreOptions) {
  return createGroupCommit<CallbackRecord, KeepResult>({
    commit: async (callbacks) => {
      // A named statement is planned once per connection.
      const { rows } = await pool.query<{ position: string; id: string; is_new: boolean }>({
        name: 'keep',
        ...positional(keepCallbacks, columnsOf(callbacks)),
      });
      const kept = new Map(rows.map((row) => [Number(row.position), { id: row.id, isNew: row.is_new }]));
      return callbacks.map((_, index) => kept.get(index + 1));
    },
    faultOf,
    onFatal,
    onCommit,
  });
}

export function createPostgresCallbacks(
  { one, all }: PostgresSession,
  commits: ReturnType<typeof createPostgresCommits>,
): CallbackEngine {
  return {
    keep: (callback) => commits.add(callback, callback.body.byteLength + callback.details.byteLength),
    list: async (filter) => {
      const steps = listCallbacks(filter, sql.listDialect);
      let step = steps.next();
      while (!step.done) step = steps.next(await all(step.value.text, step.value.values));
      return step.value.map(readCallback);
    },
    arrivals: async (time) => (await all(arrivalsInHour(sql.listDialect), { time })).map(readArrivals),
    get: async (id) => {
      const row = await one(sql.getCallback, { id });
      return row && readWholeCallback(withReceiptBytes(row));
    },
  };
}

/** JSON has no bytes, so the statement returns the senders in base64. */
export function withReceiptBytes(row: Row): Row {
  const receipts = rowsIn(row, 'receipts').map((receipt) => {
    const { sender } = receipt;
    return { ...receipt, sender: typeof sender === 'string' ? Buffer.from(sender, 'base64') : null };
  });
  return { ...row, receipts };
}

/**
 * Where a callback goes first: to its routes, or to the confirmation.
 *
 * @param waiting - The order keys of earlier callbacks of the batch that go to the confirmation, which the statement cannot
 * see.
 */
function firstTargetsOf(
  { targets, passage, orderKey }: CallbackRecord,
  waiting: Set<string>,
): readonly DeliveryTarget[] {
  if (passage === 'confirm') waiting.add(orderKey);
  else if (targets.length === 0 || passage === 'direct') return targets;
  return waiting.has(orderKey) ? [{ route: confirmRoute, orderKey }] : targets;
}

/** The values of a batch, by column. */
export function columnsOf(callbacks: readonly CallbackRecord[]): Values {
  const column = (read: (callback: CallbackRecord) => unknown) => callbacks.map(read);
  const waiting = new Set<string>();
  const targets = callbacks.map((callback) => firstTargetsOf(callback, waiting));
  const drift = callbacks.flatMap((callback, index) =>
    callback.drift.map((record) => ({ ...record, position: index + 1 })),
  );
  return {
    ids: column(({ id }) => id),
    dedupHashes: column(({ dedupHash }) => dedupHash),
    events: column(({ event }) => event),
    merchants: column(({ merchant }) => merchant),
    caseReferences: column(({ caseReference }) => caseReference),
    verdicts: column(({ verdict }) => verdict),
    receivedAt: column(({ receivedAt }) => receivedAt),
    bodyBytes: column(({ bodyBytes }) => bodyBytes),
    bodyHashes: column(({ bodyHash }) => bodyHash),
    dataKeys: column(({ dataKey }) => dataKey),
    details: column(({ details }) => details),
    bodies: column(({ body }) => body),
    senders: column(({ sender }) => sender),
    orderKeys: column(({ orderKey }) => orderKey),
    routes: targets.map((each) => each.map(({ route }) => route).join(',')),
    // No order key has a comma.
    routeKeys: targets.map((each) => each.map((target) => target.orderKey).join(',')),
    inOrder: column(({ passage }) => passage === 'in-order'),
    driftPositions: drift.map(({ position }) => position),
    driftHashes: drift.map(({ hash }) => hash),
    driftEvents: drift.map(({ event }) => event),
    driftDetails: drift.map(({ details }) => details),
  };
}

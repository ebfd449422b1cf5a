import type { Pool } from 'pg';
import { createGroupCommit, type GroupCommit } from '../engine/group-commit.ts';
import type { CallbackRecord, ClaimRow, KeepResult } from '../engine/rows.ts';
import type { CallbackEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { faultOf, isUniqueViolation } from './postgres-fault.ts';
import { date, type Query } from './postgres-query.ts';
import { readCallback, readClaim, readDrift, readStats, readWholeCallback } from './postgres-rows.ts';
import * as sql from './statements.ts';

/** Commits callbacks in batches. */
export function createPostgresCommits(
  pool: Pool,
  { onFatal, onCommit = () => {} }: StoreOptions,
): GroupCommit<CallbackRecord, KeepResult> {
  return createGroupCommit<CallbackRecord, KeepResult>({
    commit: async (callbacks) => {
      // Named, so that each connection plans it once.
      const { rows } = await pool.query<{ position: string; id: string; is_new: boolean }>({
        name: 'keep',
        text: sql.keepCallbacks,
        values: columnsOf(callbacks),
      });
      const kept = new Map(rows.map((row) => [Number(row.position), { id: row.id, isNew: row.is_new }]));
      return callbacks.map((_, index) => kept.get(index + 1));
    },
    faultOf,
    onFatal,
    onCommit,
  });
}

/** What keeps callbacks, and hands them out. */
export function createPostgresCallbacks(
  query: Query,
  commits: GroupCommit<CallbackRecord, KeepResult>,
  leaseMs: number,
): CallbackEngine {
  const claim = async (now: Date, token: string): Promise<ClaimRow | undefined> => {
    for (;;) {
      try {
        const [row] = await query(sql.claimDelivery, [now, token, leaseMs]);
        return row && readClaim(row, token);
      } catch (error) {
        // Another replica has just claimed one of the same merchant, and by now that can be seen.
        if (!isUniqueViolation(error)) throw error;
      }
    }
  };

  return {
    keep: (callback) => commits.add(callback, callback.body.byteLength + callback.details.byteLength),
    list: async ({ merchant, event, verdict, before, limit }) =>
      (await query(sql.listCallbacks, [merchant, event, verdict, before, limit])).map(readCallback),
    get: async (id) => {
      const [row] = await query(sql.getCallback, [id]);
      return row && readWholeCallback(row);
    },
    drift: async () => (await query(sql.listDrift)).map(readDrift),
    stats: async () => readStats((await query(sql.stats))[0] ?? {}),
    claim,
    reclaimExpired: async (token) =>
      (await query(sql.reclaimExpiredDeliveries, [token, leaseMs])).map((row) => readClaim(row, token)),
    settle: async (delivery, token, now, settlement) => {
      const nextAt = settlement.state === 'due' ? settlement.nextAt : now;
      const outcome = settlement.state === 'taken' ? 'taken' : settlement.outcome;
      await query(sql.settleDelivery, [delivery, token, settlement.state, nextAt, now, outcome]);
    },
    nextDueAt: async () => {
      const [row] = await query(sql.nextDueAt);
      return row && date(row['next_at']);
    },
    probe: async (now) => {
      await query(sql.probe, [now]);
    },
  };
}

/** The values of a batch, by column. */
function columnsOf(callbacks: readonly CallbackRecord[]): unknown[] {
  const column = (read: (callback: CallbackRecord) => unknown) => callbacks.map(read);
  const departures = callbacks.flatMap(({ drift }, index) =>
    drift.map((departure) => ({ ...departure, position: index + 1 })),
  );
  return [
    column(({ id }) => id),
    column(({ dedupHash }) => dedupHash),
    column(({ event }) => event),
    column(({ merchant }) => merchant),
    column(({ verdict }) => verdict),
    column(({ receivedAt }) => receivedAt),
    column(({ bodyBytes }) => bodyBytes),
    column(({ bodyHash }) => bodyHash),
    column(({ dataKey }) => dataKey),
    column(({ details }) => details),
    column(({ body }) => body),
    column(({ sender }) => sender),
    column(({ orderKey }) => orderKey),
    column(({ routes }) => routes.join(',')),
    departures.map(({ position }) => position),
    departures.map(({ hash }) => hash),
    departures.map(({ event }) => event),
    departures.map(({ details }) => details),
  ];
}

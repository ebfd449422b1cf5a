import type { QueuedCallback } from './queued-callback.ts';
import type { State } from './state.ts';
import { emptyTable, find, put, recordOf, type Table, tableOf } from './table.ts';

type IndexName = 'waiting' | 'heldBack';

/** A state as plain data that JSON can represent: each table becomes a record. A snapshot has no indexes. */
export type Snapshot = {
  readonly [Name in Exclude<keyof State, IndexName>]: State[Name] extends Table<infer Row>
    ? { readonly [id: string]: Row }
    : State[Name];
};

type TableName = Exclude<
  { [Name in keyof State]: State[Name] extends Table<unknown> ? Name : never }[keyof State],
  IndexName
>;

export const emptyTables: Pick<State, TableName> = {
  realms: emptyTable(),
  partners: emptyTable(),
  tokens: emptyTable(),
  links: emptyTable(),
  merchants: emptyTable(),
  files: emptyTable(),
  callbacks: emptyTable(),
  scheduledDecisions: emptyTable(),
};

export const emptyIndexes: Pick<State, IndexName> = { waiting: emptyTable(), heldBack: emptyTable() };

const tableNames = Object.keys(emptyTables) as TableName[]; // `Object.keys` widens the keys to `string`.

/** Copies a state: changing the snapshot does not change the state. */
export function snapshotOf({ waiting: _, heldBack: __, ...state }: State): Snapshot {
  const records = tableNames.map((name) => [name, recordOf<unknown>(state[name])]);
  // Every table of the state becomes a record.
  return structuredClone({ ...state, ...Object.fromEntries(records) } as Snapshot);
}

/** Turns a valid snapshot into a state. */
export function stateFrom(snapshot: Snapshot): State {
  const copy = structuredClone(snapshot);
  const tables = tableNames.map((name) => [name, tableOf<unknown>(copy[name])]);
  const indexes = Object.values(copy.callbacks).reduce(withIndexes, emptyIndexes);
  // Every record of the snapshot becomes a table.
  return { ...copy, ...Object.fromEntries(tables), ...indexes } as State;
}

function withIndexes(indexes: typeof emptyIndexes, callback: QueuedCallback): typeof emptyIndexes {
  const { id, merchantId, status, heldBack } = callback;
  if (status !== 'waiting') return indexes;
  const waiting = put(indexes.waiting, id, true);
  return { waiting, heldBack: heldBack ? withHeldBack(indexes.heldBack, merchantId, id) : indexes.heldBack };
}

/** Adds a callback to the index of the callbacks that are held back. */
export function withHeldBack(index: State['heldBack'], merchantId: string, id: string): State['heldBack'] {
  return put(index, merchantId, [...(find(index, merchantId) ?? []), id]);
}

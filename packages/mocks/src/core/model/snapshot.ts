import type { State } from './state.ts';
import { emptyTable, recordOf, type Table, tableOf } from './table.ts';

/** A state as plain data that JSON can represent: each table becomes a record. */
export type Snapshot = {
  readonly [Name in keyof State]: State[Name] extends Table<infer Row>
    ? { readonly [id: string]: Row }
    : State[Name];
};

type TableName = {
  [Name in keyof State]: State[Name] extends Table<unknown> ? Name : never;
}[keyof State];

export const emptyTables: Pick<State, TableName> = {
  realms: emptyTable(),
  partners: emptyTable(),
  tokens: emptyTable(),
  links: emptyTable(),
  merchants: emptyTable(),
  files: emptyTable(),
  callbacks: emptyTable(),
  waiting: emptyTable(),
  scheduledDecisions: emptyTable(),
};

const tableNames = Object.keys(emptyTables) as TableName[]; // `Object.keys` widens the keys to `string`.

/** Copies a state: changing the snapshot does not change the state. */
export function snapshotOf(state: State): Snapshot {
  const records = tableNames.map((name) => [name, recordOf<unknown>(state[name])]);
  // Every table of the state becomes a record.
  return structuredClone({ ...state, ...Object.fromEntries(records) } as Snapshot);
}

export function stateFrom(snapshot: Snapshot): State {
  const copy = structuredClone(snapshot);
  const tables = tableNames.map((name) => [name, tableOf<unknown>(copy[name])]);
  // Every record of the snapshot becomes a table.
  return { ...copy, ...Object.fromEntries(tables) } as State;
}

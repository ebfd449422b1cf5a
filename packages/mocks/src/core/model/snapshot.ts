import type { State } from './state.ts';
import { recordOf, type Table, tableOf } from './table.ts';

/** A state as plain data that JSON can carry, with a record in the place of each table. */
export type Snapshot = {
  readonly [Member in keyof State]: State[Member] extends Table<infer Row>
    ? { readonly [id: string]: Row }
    : State[Member];
};

/** Everything a state knows, copied, so that changing it changes nothing. */
export function snapshotOf(state: State): Snapshot {
  return structuredClone({
    ...state,
    realms: recordOf(state.realms),
    partners: recordOf(state.partners),
    tokens: recordOf(state.tokens),
    links: recordOf(state.links),
    merchants: recordOf(state.merchants),
    files: recordOf(state.files),
    callbacks: recordOf(state.callbacks),
    waiting: recordOf(state.waiting),
    scheduledDecisions: recordOf(state.scheduledDecisions),
  });
}

/** The state that a snapshot was taken of. */
export function stateFrom(snapshot: Snapshot): State {
  const copy = structuredClone(snapshot);
  return {
    ...copy,
    realms: tableOf(copy.realms),
    partners: tableOf(copy.partners),
    tokens: tableOf(copy.tokens),
    links: tableOf(copy.links),
    merchants: tableOf(copy.merchants),
    files: tableOf(copy.files),
    callbacks: tableOf(copy.callbacks),
    waiting: tableOf(copy.waiting),
    scheduledDecisions: tableOf(copy.scheduledDecisions),
  };
}

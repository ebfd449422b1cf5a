import type { ModelStore, SimulationStore } from './model-store.ts';
import { PlannedFaultError } from './planned-fault-error.ts';

type SettleWith = SimulationStore['settleWith'];

/** Stores that break the promise about a handler's transaction, each in another way. */
export const brokenStores: Readonly<
  Record<string, (store: SimulationStore, model: ModelStore) => SimulationStore>
> = {
  'writes before it ends the delivery': (store, { write }) =>
    withSettleWith(store, async (settled, statements) => {
      write(statements);
      failSometimes();
      return store.settleWith(settled, []);
    }),
  'ends the delivery before it writes': (store, { write }) =>
    withSettleWith(store, async (settled, statements) => {
      if (!(await store.settleWith(settled, []))) return false;
      failSometimes();
      write(statements);
      return true;
    }),
  'writes for a claim that it has lost': (store, { write }) =>
    withSettleWith(store, async (settled, statements) => {
      if (await store.settleWith(settled, statements)) return true;
      write(statements);
      return false;
    }),
  'keeps what it wrote before a statement failed': (store, { write }) =>
    withSettleWith(store, async (settled, statements) => {
      for (const statement of statements) write([statement]);
      return store.settleWith(settled, []);
    }),
};

/** At the first attempt of each callback, commits what the handler wrote, but leaves the delivery open. */
export function leaveOpenOnce(store: SimulationStore): SimulationStore {
  const left = new Set<string>();
  return withSettleWith(store, async (settled, statements) => {
    const { callbackId } = settled.claim;
    if (left.has(callbackId)) return store.settleWith(settled, statements);
    const settlement = { state: 'due', retryDelayMs: 0, outcome: 'left open' } as const;
    const isHeld = await store.settleWith({ ...settled, settlement }, statements);
    left.add(callbackId);
    return isHeld;
  });
}

function withSettleWith(store: SimulationStore, settleWith: SettleWith): SimulationStore {
  return { ...store, settleWith };
}

/** A fault between two commits. */
function failSometimes(): void {
  if (Math.random() < 0.05) throw new PlannedFaultError('The store fails between two commits.');
}

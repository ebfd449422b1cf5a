import type { QueuedCallback } from './core/callbacks/queued-callback.ts';
import type { State } from './core/state.ts';
import { deliverCallback } from './deliver-callback.ts';
import type { Machine } from './machine.ts';

/** The callbacks that the provider posts. */
export interface Callbacks {
  /** Every callback so far, oldest first, with its attempts. */
  readonly all: () => readonly QueuedCallback[];
  /** Delivers what is due, one after the other, and resolves when each has been tried once. */
  readonly drain: (options?: { readonly signal?: AbortSignal }) => Promise<void>;
  /** When the next attempt is due, in epoch milliseconds, if one is waiting. */
  readonly nextDueAt: () => number | undefined;
}

/** The callbacks of a machine, delivered by one hand, so that none is posted twice at a time. */
export function createCallbacks({ state, now, run }: Machine, allowedHosts: readonly string[]): Callbacks {
  let draining = Promise.resolve();

  async function deliverDue(signal: AbortSignal | undefined): Promise<void> {
    for (const callback of dueCallbacks(state(), now())) {
      if (signal?.aborted) return;
      const outcome = await deliverCallback(callback, allowedHosts, signal);
      run({ kind: 'record-attempt', callbackId: callback.id, attempt: { at: now(), ...outcome } });
    }
  }

  return {
    all: () => structuredClone(Object.values(state().callbacks)),
    drain: ({ signal } = {}) => {
      draining = draining.then(() => deliverDue(signal));
      return draining;
    },
    nextDueAt: () => {
      const dues = waiting(state()).flatMap(({ dueAt = 0 }) => dueAt);
      return dues.length === 0 ? undefined : Math.min(...dues);
    },
  };
}

/** The callbacks whose next attempt is due, oldest first. */
export function dueCallbacks(state: State, now: number): readonly QueuedCallback[] {
  return waiting(state).filter(({ dueAt = 0 }) => dueAt <= now);
}

function waiting({ callbacks }: State): readonly QueuedCallback[] {
  return Object.values(callbacks).filter(({ status }) => status === 'waiting');
}

import type { QueuedCallback } from './core/callbacks/queued-callback.ts';
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
  const all = (): QueuedCallback[] => Object.values(state().callbacks);
  const waiting = (): QueuedCallback[] => all().filter(({ status }) => status === 'waiting');

  async function deliverDue(signal: AbortSignal | undefined): Promise<void> {
    const due = waiting().filter(({ dueAt = 0 }) => dueAt <= now());
    for (const callback of due) {
      if (signal?.aborted) return;
      const outcome = await deliverCallback(callback, allowedHosts, signal);
      run({ kind: 'record-attempt', callbackId: callback.id, attempt: { at: now(), ...outcome } });
    }
  }

  return {
    all: () => structuredClone(all()),
    drain: ({ signal } = {}) => {
      draining = draining.then(() => deliverDue(signal));
      return draining;
    },
    nextDueAt: () => {
      const dues = waiting().flatMap(({ dueAt = 0 }) => dueAt);
      return dues.length === 0 ? undefined : Math.min(...dues);
    },
  };
}

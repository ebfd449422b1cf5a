import { hasProperties } from '../core/json/json-value.ts';
import type { Event } from '../core/model/case-status.ts';
import { type Listing, type ListQuery, listingOf } from '../core/model/listing.ts';
import type { QueuedCallback } from '../core/model/queued-callback.ts';
import type { State } from '../core/model/state.ts';
import { find, rows } from '../core/model/table.ts';
import type { Machine } from './machine.ts';
import type { Scheduler } from './scheduler.ts';

/** The callbacks that the provider posts. */
export interface Callbacks {
  /** Returns every callback so far, oldest first, with its attempts. */
  readonly all: () => readonly QueuedCallback[];
  /**
   * Returns a part of the callbacks that match a filter.
   *
   * @throws RangeError if there is no callback with the id `after`.
   */
  readonly list: (query?: CallbackFilter & ListQuery) => Listing<QueuedCallback>;
  /** Returns one callback, or `undefined` for an unknown id. */
  readonly find: (id: string) => QueuedCallback | undefined;
  /** Posts the due callbacks one after the other. Resolves when each was tried once. */
  readonly drain: (options?: { readonly signal?: AbortSignal }) => Promise<void>;
  /**
   * Resolves with the next posted callback. Each callback is returned once, oldest first: it makes no difference whether
   * it was posted before or after the call.
   *
   * @throws Error if no callback is posted in time.
   */
  readonly next: (filter?: CallbackFilter, options?: NextCallbackOptions) => Promise<QueuedCallback>;
  /**
   * Posts a callback once more, regardless of its status. Resolves with the callback and its attempts.
   *
   * @throws Error if there is no callback with this id.
   */
  readonly redeliver: (id: string) => Promise<QueuedCallback>;
  /** Returns when the next attempt or decision is due, in epoch milliseconds. */
  readonly nextDueAt: () => number | undefined;
}

/** Selects the callbacks whose properties equal those of the filter. */
export interface CallbackFilter {
  readonly event?: Event;
  readonly merchantId?: string;
  readonly status?: QueuedCallback['status'];
}

export interface NextCallbackOptions {
  /**
   * Maximum time to wait, in real milliseconds.
   * @default 5000
   */
  readonly timeoutMs?: number;
}

/** @param returned - The ids of callbacks that `next` has returned. */
export function createCallbacks(
  { state, run }: Machine,
  scheduler: Scheduler,
  returned: Set<string>,
): Callbacks {
  function take(filter: CallbackFilter): QueuedCallback | undefined {
    const found = rows(state().callbacks).find(
      (callback) =>
        callback.attempts.length > 0 && !returned.has(callback.id) && hasProperties(callback, filter),
    );
    if (found) returned.add(found.id);
    return found && structuredClone(found);
  }

  return {
    all: () => structuredClone(rows(state().callbacks)),
    list: (query = {}) => {
      const { limit: _, after: __, order: ___, ...filter } = query;
      const matches = (callback: QueuedCallback) => hasProperties(callback, filter);
      return structuredClone(listingOf(rows(state().callbacks), matches, query));
    },
    find: (id) => structuredClone(find(state().callbacks, id)),
    drain: ({ signal } = {}) => scheduler.drain(signal),
    next: (filter = {}, { timeoutMs = 5000 } = {}) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const callback = take(filter);
          if (!callback) return;
          scheduler.listeners.delete(check);
          clearTimeout(timer);
          resolve(callback);
        };
        const timer = setTimeout(() => {
          scheduler.listeners.delete(check);
          reject(new Error(timeoutMessage(state(), filter, timeoutMs)));
        }, timeoutMs);
        scheduler.listeners.add(check);
        check();
        scheduler.drain().catch(reject);
      }),
    redeliver: async (id) => {
      if (!find(state().callbacks, id)) throw new Error(`There is no callback with the id ${id}.`);
      run({ kind: 'redeliver', callbackId: id });
      await scheduler.drain();
      return structuredClone(find(state().callbacks, id) as QueuedCallback); // Callbacks are never removed.
    },
    nextDueAt: scheduler.nextDueAt,
  };
}

function timeoutMessage(state: State, filter: CallbackFilter, timeoutMs: number): string {
  return (
    `No callback that matches ${JSON.stringify(filter)} was posted within ${timeoutMs} ms. ` +
    `The sandbox has ${state.callbacks.size} callbacks; ${state.waiting.size} of them wait for an attempt. ` +
    'Check that a URL is registered for the event, and that the case has reached its status.'
  );
}

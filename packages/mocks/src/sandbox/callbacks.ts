import type { Event } from '../core/model/case-status.ts';
import type { QueuedCallback } from '../core/model/queued-callback.ts';
import type { State } from '../core/model/state.ts';
import { find, rows } from '../core/model/table.ts';
import type { Machine } from './machine.ts';
import type { Scheduler } from './scheduler.ts';

/** The callbacks that the provider posts. */
export interface Callbacks {
  /** Every callback so far, oldest first, with its attempts. */
  readonly all: () => readonly QueuedCallback[];
  /** Posts what is due, one after the other, and resolves when each has been tried once. */
  readonly drain: (options?: { readonly signal?: AbortSignal }) => Promise<void>;
  /**
   * The next callback that has been posted, as soon as there is one. Each is given once, oldest first, so that it
   * does not matter whether it was posted before or after you ask.
   *
   * @throws Error if none comes in time.
   */
  readonly next: (filter?: CallbackFilter, options?: NextCallbackOptions) => Promise<QueuedCallback>;
  /**
   * Posts a callback once more, whatever became of it, and tells how that went.
   *
   * @throws Error if there is no callback with this id.
   */
  readonly redeliver: (id: string) => Promise<QueuedCallback>;
  /** When the next thing is due by itself, an attempt or a decision, in epoch milliseconds. */
  readonly nextDueAt: () => number | undefined;
}

/** Which callbacks are meant: those that are like this. */
export interface CallbackFilter {
  readonly event?: Event;
  readonly merchantId?: string;
  readonly status?: QueuedCallback['status'];
}

export interface NextCallbackOptions {
  /**
   * How long to wait, in real milliseconds.
   * @default 5000
   */
  readonly timeoutMs?: number;
}

/** The callbacks of a machine. */
export interface CallbackDesk {
  readonly callbacks: Callbacks;
  /** Tells whoever waits that a callback was posted. */
  readonly posted: () => void;
}

/** The callbacks of a machine, posted by its agenda. */
export function createCallbacks({ state, run }: Machine, agenda: Scheduler): CallbackDesk {
  const given = new Set<string>();
  const waiters = new Set<() => void>();

  function take(filter: CallbackFilter): QueuedCallback | undefined {
    const found = rows(state().callbacks).find(
      (callback) => callback.attempts.length > 0 && !given.has(callback.id) && fits(callback, filter),
    );
    if (found) given.add(found.id);
    return found && structuredClone(found);
  }

  const callbacks: Callbacks = {
    all: () => structuredClone(rows(state().callbacks)),
    drain: ({ signal } = {}) => agenda.drain(signal),
    next: (filter = {}, { timeoutMs = 5000 } = {}) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const callback = take(filter);
          if (!callback) return;
          waiters.delete(look);
          clearTimeout(timer);
          resolve(callback);
        };
        const timer = setTimeout(() => {
          waiters.delete(look);
          reject(new Error(nothingCame(state(), filter, timeoutMs)));
        }, timeoutMs);
        waiters.add(look);
        look();
        agenda.drain().catch(reject);
      }),
    redeliver: async (id) => {
      if (!find(state().callbacks, id)) throw new Error(`There is no callback with the id ${id}.`);
      run({ kind: 'redeliver', callbackId: id });
      await agenda.drain();
      return structuredClone(find(state().callbacks, id) as QueuedCallback); // No callback ever goes away.
    },
    nextDueAt: agenda.nextDueAt,
  };
  return {
    callbacks,
    posted: () => {
      for (const look of [...waiters]) look();
    },
  };
}

function fits(callback: QueuedCallback, { event, merchantId, status }: CallbackFilter): boolean {
  return (
    (event === undefined || callback.event === event) &&
    (merchantId === undefined || callback.merchantId === merchantId) &&
    (status === undefined || callback.status === status)
  );
}

function nothingCame(state: State, filter: CallbackFilter, timeoutMs: number): string {
  const waiting = state.waiting.size;
  return (
    `No callback like ${JSON.stringify(filter)} was posted within ${timeoutMs} ms: ` +
    `${state.callbacks.size} are known, of which ${waiting} wait. ` +
    'Is a URL registered for the event, and has the case got there?'
  );
}

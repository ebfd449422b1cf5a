import { hasProperties } from '../core/json/json-value.ts';
import { assertFilter, assertOptions, assertWord, OptionError } from '../core/model/assert-options.ts';
import { type Event, events } from '../core/model/case-status.ts';
import { maxTimerMs } from '../core/model/duration.ts';
import { type Listing, type ListQuery, listingOf } from '../core/model/listing.ts';
import { callbackStatuses, type QueuedCallback } from '../core/model/queued-callback.ts';
import type { State } from '../core/model/state.ts';
import { find, rows } from '../core/model/table.ts';
import type { Machine } from './machine.ts';
import type { createPostedCallbacks } from './posted-callbacks.ts';
import { afterRealTime } from './real-time.ts';
import { createRedeliveries } from './redeliveries.ts';
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
  /**
   * Posts the due callbacks. Each receiver gets its callbacks one after the other. Resolves when each callback was
   * tried once.
   */
  readonly drain: (options?: { readonly signal?: AbortSignal }) => Promise<void>;
  /**
   * Resolves with the next posted callback. Each callback is returned once, in the order of posting, even if it was
   * posted before the call.
   *
   * @throws Error if no callback is posted in time, or the reason of the signal.
   */
  readonly next: (filter?: CallbackFilter, options?: NextCallbackOptions) => Promise<QueuedCallback>;
  /**
   * Resolves with the next `count` posted callbacks, as soon as there are so many. Each callback is returned once, as by
   * `next`.
   *
   * @throws Error if too few callbacks are posted in time, or the reason of the signal. All these callbacks stay
   * available then.
   */
  readonly take: (
    count: number,
    filter?: CallbackFilter,
    options?: NextCallbackOptions,
  ) => Promise<readonly QueuedCallback[]>;
  /** Makes callbacks available again, before all others, after `next` or `take` has returned them. */
  readonly putBack: (ids: readonly string[]) => void;
  /**
   * Posts a callback once more, regardless of its status. Waits first for the end of an attempt in progress.
   * Resolves with the callback and its attempts.
   *
   * @throws Error if there is no callback with this id.
   */
  readonly redeliver: (id: string) => Promise<QueuedCallback>;
  /** Returns when the next attempt or decision that has not begun is due, in epoch milliseconds. */
  readonly nextDueAt: () => number | undefined;
}

/** Selects the callbacks whose properties equal the properties of the filter. */
export interface CallbackFilter {
  readonly event?: Event;
  readonly merchantId?: string;
  readonly status?: QueuedCallback['status'];
}

export interface NextCallbackOptions {
  /**
   * Maximum time to wait, in real milliseconds. Fake timers have no effect on this time. The default is shorter than
   * the five seconds after which Vitest and Jest end a test, so that the test fails with the error of this call.
   * @default 4000
   */
  readonly timeoutMs?: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
  /**
   * Whether the callback stays available to later calls.
   * @default false
   */
  readonly peek?: boolean;
}

export function createCallbacks(
  machine: Machine,
  scheduler: Scheduler,
  posted: ReturnType<typeof createPostedCallbacks>,
): Callbacks {
  const { state } = machine;

  async function take(count: number, filter: CallbackFilter, options: NextCallbackOptions) {
    const { timeoutMs = 4000, signal, peek = false } = options;
    const ended = new AbortController();
    const abort = () => ended.abort(signal?.reason);
    const cancel = afterRealTime(timeoutMs, () =>
      ended.abort(new Error(timeoutMessage(state(), count, filter, timeoutMs))),
    );
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort);
    try {
      const matches = (callback: QueuedCallback) => hasProperties(callback, filter);
      const found = posted.wait({ matches, count, peek }, ended.signal);
      scheduler.drain().catch((bug) => ended.abort(bug));
      return structuredClone(await found);
    } finally {
      cancel();
      signal?.removeEventListener('abort', abort);
    }
  }

  return {
    all: () => structuredClone(rows(state().callbacks)),
    list: (query = {}) => {
      assertOptions('callbacks.list', query, [...Object.keys(filterTypes), 'limit', 'after', 'order']);
      const { limit: _, after: __, order: ___, ...filter } = query;
      assertFilterValues('callbacks.list', filter);
      const matches = (callback: QueuedCallback) => hasProperties(callback, filter);
      return structuredClone(listingOf(rows(state().callbacks), matches, query));
    },
    find: (id) => structuredClone(find(state().callbacks, id)),
    drain: (options = {}) => {
      assertOptions('callbacks.drain', options, ['signal']);
      return scheduler.drain(options.signal);
    },
    next: async (filter = {}, options = {}) => {
      assertWanted('callbacks.next', filter, options);
      const [callback] = await take(1, filter, options);
      return callback as QueuedCallback; // `take` returns as many as wanted.
    },
    take: async (count, filter = {}, options = {}) => {
      assertWanted('callbacks.take', filter, options);
      if (!Number.isInteger(count) || count < 1)
        throw new OptionError('The number of callbacks.take must be a whole number, 1 or more.');
      return take(count, filter, options);
    },
    putBack: (ids) => posted.putBack(ids),
    redeliver: createRedeliveries(machine, scheduler),
    nextDueAt: scheduler.nextDueAt,
  };
}

const filterTypes = {
  event: 'string',
  merchantId: 'string',
  status: 'string',
} as const satisfies { readonly [Name in keyof CallbackFilter]: string };

/** An untyped test can pass anything: a misspelt filter would match every callback. */
function assertWanted(subject: string, filter: CallbackFilter, options: NextCallbackOptions): void {
  assertFilterValues(subject, filter);
  assertOptions(subject, options, ['timeoutMs', 'signal', 'peek']);
  const { timeoutMs = 0 } = options;
  if (!(timeoutMs >= 0 && timeoutMs <= maxTimerMs))
    throw new OptionError(
      `The timeoutMs of ${subject} must be a number of milliseconds from 0 to ${maxTimerMs}.`,
    );
}

function assertFilterValues(subject: string, filter: CallbackFilter): void {
  assertFilter(subject, filter, filterTypes);
  const { event, status } = filter;
  assertWord('event', event, events);
  assertWord('status of a callback', status, callbackStatuses);
}

function timeoutMessage(state: State, count: number, filter: CallbackFilter, timeoutMs: number): string {
  return (
    `${count === 1 ? 'No callback' : `Fewer than ${count} callbacks`} that ${count === 1 ? 'matches' : 'match'} ` +
    `${JSON.stringify(filter)} ${count === 1 ? 'was' : 'were'} posted within ${timeoutMs} ms. ` +
    `The sandbox has ${state.callbacks.size} callbacks; ${state.waiting.size} of them wait for an attempt. ` +
    'Check that a URL is registered for the event, and that the case has reached its status.'
  );
}

import type { Duration } from '../core/model/duration.ts';
import type { QueuedCallback } from '../core/model/queued-callback.ts';
import type { State } from '../core/model/state.ts';
import { entries, find } from '../core/model/table.ts';
import { type AdvancingClock, timeAfter } from './clock.ts';
import type { Machine } from './machine.ts';

export type Scheduler = ReturnType<typeof createScheduler>;

/** Posts a callback once, and records the attempt. */
export type Post = (callback: QueuedCallback, signal: AbortSignal | undefined) => Promise<void>;

type Task =
  | { readonly dueAt: number; readonly turn: number; readonly callback: QueuedCallback }
  | { readonly dueAt: number; readonly turn: number; readonly scheduledDecisionId: string };

/**
 * Runs due decisions and callbacks in the order of the sandbox's clock, one after the other. Its calls are serialised, so
 * that no task runs twice.
 */
export function createScheduler({ state, run }: Machine, clock: AdvancingClock, post: Post) {
  const listeners: (() => void)[] = [];
  let last = Promise.resolve();
  let pending = 0;

  function enqueue(work: () => Promise<void>): Promise<void> {
    pending++;
    const done = last.then(work).finally(() => pending--);
    last = done.catch(() => {});
    return done;
  }

  async function runTask(task: Task, signal?: AbortSignal): Promise<void> {
    clock.advanceTo(task.dueAt);
    if ('callback' in task) {
      await post(task.callback, signal);
      for (const listener of listeners) listener();
    } else run({ kind: 'run-scheduled-decision', scheduledDecisionId: task.scheduledDecisionId });
  }

  async function runUntil(time: number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const task = nextTask(state());
      if (!task || task.dueAt > time || signal?.aborted) return;
      await runTask(task, signal);
    }
  }

  return {
    /** Runs every task that is due now once. */
    drain: (signal?: AbortSignal) => enqueue(() => runUntil(clock.now(), signal)),
    nextDueAt: () => nextTask(state())?.dueAt,
    /** Calls a listener after each attempt to post a callback. */
    onPosted: (listener: () => void) => void listeners.push(listener),
    advance: (by: Duration): Promise<void> => {
      const until = timeAfter(clock.now(), by);
      const dueAt = nextTask(state())?.dueAt ?? Number.POSITIVE_INFINITY;
      if (pending === 0 && dueAt > until) {
        clock.advanceTo(until);
        return Promise.resolve();
      }
      return enqueue(async () => {
        await runUntil(until);
        clock.advanceTo(until);
      });
    },
    runUntilIdle: ({ max = 1000 }: { readonly max?: number } = {}) =>
      enqueue(async () => {
        for (let count = 0; ; count++) {
          const task = nextTask(state());
          if (!task) return;
          if (count === max)
            throw new Error(
              `runUntilIdle stopped after ${max} tasks with more due. Raise max, or look for a loop.`,
            );
          await runTask(task);
        }
      }),
  };
}

/** Returns the task that is due first. Among tasks that are due at the same time, the lowest turn goes first. */
function nextTask({ waiting, callbacks, scheduledDecisions }: State): Task | undefined {
  let first: Task | undefined;
  const consider = (task: Task) => {
    if (!first || task.dueAt < first.dueAt || (task.dueAt === first.dueAt && task.turn < first.turn))
      first = task;
  };
  if (waiting.size > 0)
    for (const [id] of entries(waiting)) {
      const callback = find(callbacks, id);
      if (callback) consider({ dueAt: callback.dueAt ?? 0, turn: callback.turn, callback });
    }
  if (scheduledDecisions.size > 0)
    for (const [scheduledDecisionId, { dueAt }] of entries(scheduledDecisions))
      consider({ dueAt, turn: 0, scheduledDecisionId });
  return first;
}

import type { QueuedCallback } from '../core/model/queued-callback.ts';
import type { State } from '../core/model/state.ts';
import { entries, find } from '../core/model/table.ts';
import { type AdvancingClock, type Clock, timeAfter } from './clock.ts';
import type { Machine } from './machine.ts';

/** What a sandbox does by itself, in the order in which it is due, one thing after the other. */
export interface Scheduler extends Pick<Clock, 'advance' | 'runUntilIdle'> {
  /** Does what is due now, each thing once. */
  readonly drain: (signal?: AbortSignal) => Promise<void>;
  /** When the next thing is due, in epoch milliseconds. */
  readonly nextDueAt: () => number | undefined;
}

/** Posts a callback once, and notes how that went. */
export type Post = (callback: QueuedCallback, signal: AbortSignal | undefined) => Promise<void>;

type Task =
  | { readonly dueAt: number; readonly turn: number; readonly callback: QueuedCallback }
  | { readonly dueAt: number; readonly turn: number; readonly scheduledDecisionId: string };

/** The agenda of a machine. Whoever asks for something waits for whoever asked before, so nothing is done twice. */
export function createScheduler(machine: Machine, clock: AdvancingClock, post: Post): Scheduler {
  let last = Promise.resolve();
  let busy = 0;

  function inTurn(work: () => Promise<void>): Promise<void> {
    busy++;
    const done = last.then(work).finally(() => busy--);
    last = done.catch(() => {});
    return done;
  }

  async function perform(task: Task, signal?: AbortSignal): Promise<void> {
    clock.advanceTo(task.dueAt);
    if ('callback' in task) await post(task.callback, signal);
    else machine.run({ kind: 'run-scheduled-decision', scheduledDecisionId: task.scheduledDecisionId });
  }

  async function performUntil(time: number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const task = nextTask(machine.state());
      if (!task || task.dueAt > time || signal?.aborted) return;
      await perform(task, signal);
    }
  }

  return {
    drain: (signal) => inTurn(() => performUntil(clock.now(), signal)),
    nextDueAt: () => nextTask(machine.state())?.dueAt,
    advance: (by) => {
      const until = timeAfter(clock.now(), by);
      const dueAt = nextTask(machine.state())?.dueAt ?? Number.POSITIVE_INFINITY;
      if (busy === 0 && dueAt > until) {
        clock.advanceTo(until);
        return Promise.resolve();
      }
      return inTurn(async () => {
        await performUntil(until);
        clock.advanceTo(until);
      });
    },
    runUntilIdle: ({ max = 1000 } = {}) =>
      inTurn(async () => {
        for (let count = 0; ; count++) {
          const task = nextTask(machine.state());
          if (!task) return;
          if (count === max) throw new Error(`After ${max} things that were due there is still another.`);
          await perform(task);
        }
      }),
  };
}

/** The thing that is due first; of those that are due at the same time, the one that came first. */
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

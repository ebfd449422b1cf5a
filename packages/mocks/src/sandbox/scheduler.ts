import { assertOptions, OptionError } from '../core/model/assert-options.ts';
import type { Effect } from '../core/model/command.ts';
import type { Duration } from '../core/model/duration.ts';
import type { QueuedCallback } from '../core/model/queued-callback.ts';
import { entries, find } from '../core/model/table.ts';
import { type AdvancingClock, endOfAdvance } from './clock.ts';
import { createLanes } from './lanes.ts';
import type { Machine } from './machine.ts';
import { createTaskQueue, type Task } from './task-queue.ts';

export type Scheduler = ReturnType<typeof createScheduler>;

export type Post = (callback: QueuedCallback, signal: AbortSignal | undefined) => Promise<void>;

/**
 * Runs due decisions and callbacks in the order of the sandbox's clock. Receivers are independent: each receiver gets
 * its callbacks one after the other, without waiting for other receivers.
 */
export function createScheduler({ state, run }: Machine, clock: AdvancingClock, post: Post) {
  const queue = createTaskQueue();
  const lanes = createLanes();
  /** The attempts in progress, by the ids of their callbacks. */
  const attempts = new Map<string, Promise<void>>();
  let advancing = Promise.resolve();
  let advances = 0;

  /** Adds a task for a callback or a decision that waits in the state. */
  function add(kind: Task['kind'], id: string): void {
    const task = currentTask(kind, id);
    if (task) queue.add(task);
  }

  function currentTask(kind: Task['kind'], id: string): Task | undefined {
    if (kind === 'decision') {
      const decision = find(state().scheduledDecisions, id);
      return decision && { kind, id, dueAt: decision.dueAt, turn: 0 };
    }
    const callback = find(state().waiting, id) && find(state().callbacks, id);
    return callback && { kind, id, dueAt: callback.dueAt ?? 0, turn: callback.turn };
  }

  /** A task stays in the queue when its callback or decision changes. The task is then outdated. */
  function isCurrent({ kind, id, dueAt, turn }: Task): boolean {
    const current = currentTask(kind, id);
    return current?.dueAt === dueAt && current.turn === turn;
  }

  function nextTask(): Task | undefined {
    for (;;) {
      const task = queue.first();
      if (!task || isCurrent(task)) return task;
      queue.removeFirst();
    }
  }

  /** Takes the first task out of the queue, and begins it. */
  function begin(task: Task, signal?: AbortSignal): Promise<void> {
    queue.removeFirst();
    if (task.kind === 'decision') {
      run({ kind: 'run-scheduled-decision', scheduledDecisionId: task.id });
      return Promise.resolve();
    }
    const { url = '' } = find(state().callbacks, task.id) ?? {};
    return lanes.enqueue(url, async () => {
      const callback = find(state().callbacks, task.id);
      if (signal?.aborted) queue.add(task);
      else if (callback && isCurrent(task)) await attempt(callback, signal);
    });
  }

  function attempt(callback: QueuedCallback, signal: AbortSignal | undefined): Promise<void> {
    const { id } = callback;
    const done = post(callback, signal).finally(() => {
      if (attempts.get(id) === done) attempts.delete(id);
    });
    attempts.set(id, done);
    return done;
  }

  /** Begins every task that is due at a time. Resolves when these and all earlier tasks are done. */
  async function runDue(time: number, signal?: AbortSignal): Promise<void> {
    const begun: Promise<void>[] = [];
    for (let task = nextTask(); task && task.dueAt <= time && !signal?.aborted; task = nextTask())
      begun.push(begin(task, signal));
    await Promise.all([...begun, lanes.idle()]);
  }

  /** Runs one advance of the clock after the other. */
  function alone(work: () => Promise<void>): Promise<void> {
    advances++;
    const done = advancing
      .then(lanes.idle)
      .then(work)
      .finally(() => advances--);
    advancing = done.catch(() => {});
    return done;
  }

  return {
    /** Reads the tasks of a new state. */
    reload: (): void => {
      queue.clear();
      for (const [id] of entries(state().waiting)) add('callback', id);
      for (const [id] of entries(state().scheduledDecisions)) add('decision', id);
    },
    notice: (effect: Effect): void => {
      if (effect.kind === 'deliver-callback') add('callback', effect.callbackId);
      if (effect.kind === 'scheduled-decision') add('decision', effect.scheduledDecisionId);
    },
    /** Resolves when the attempt in progress for a callback has ended. `undefined` if there is no such attempt. */
    attemptOf: (id: string) => attempts.get(id)?.catch(() => {}),
    /** Runs every task that is due now once. Resolves when the callbacks for the receiver of a URL are posted. */
    drainFor: async (url: string): Promise<void> => {
      const all = runDue(clock.now());
      await Promise.race([all, lanes.idleFor(url)]);
    },
    /** Runs every task that is due now once. */
    drain: (signal?: AbortSignal) => runDue(clock.now(), signal),
    nextDueAt: () => nextTask()?.dueAt,
    advance: (by: Duration): Promise<void> => {
      const end = endOfAdvance(clock.now(), by);
      const isIdle = advances === 0 && lanes.isIdle();
      if (isIdle && (nextTask()?.dueAt ?? Number.POSITIVE_INFINITY) > end) {
        clock.advanceTo(end);
        return Promise.resolve();
      }
      return alone(async () => {
        const until = endOfAdvance(clock.now(), by); // Another advance can have moved the clock.
        for (let task = nextTask(); task && task.dueAt <= until; task = nextTask()) {
          clock.advanceTo(task.dueAt);
          await runDue(task.dueAt);
        }
        clock.advanceTo(until);
      });
    },
    runUntilIdle: (options: { readonly max?: number } = {}) => {
      assertOptions('runUntilIdle', options, ['max']);
      const { max = 1000 } = options;
      if (!Number.isInteger(max) || max < 1)
        throw new OptionError('The max of runUntilIdle must be a whole number, 1 or more.');
      return alone(async () => {
        let count = 0;
        for (let task = nextTask(); task; task = nextTask()) {
          if (count++ === max)
            throw new Error(
              `runUntilIdle stopped after ${max} tasks, and more tasks are due. Raise max, or look for a loop.`,
            );
          clock.advanceTo(task.dueAt);
          await begin(task);
        }
      });
    },
  };
}

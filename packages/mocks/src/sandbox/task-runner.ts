import type { QueuedCallback } from '../core/model/queued-callback.ts';
import { find } from '../core/model/table.ts';
import { createLanes } from './lanes.ts';
import type { Machine } from './machine.ts';
import type { Task } from './task-queue.ts';
import type { WaitingTasks } from './waiting-tasks.ts';

export type Post = (callback: QueuedCallback, signal: AbortSignal | undefined) => Promise<void>;

/**
 * Runs tasks. Receivers are independent: each receiver gets its callbacks one after the other, without waiting for
 * other receivers.
 */
export function createTaskRunner({ state, run }: Machine, tasks: WaitingTasks, post: Post) {
  const lanes = createLanes();
  /** The attempts in progress, by the ids of their callbacks. */
  const attempts = new Map<string, Promise<void>>();

  function attempt(callback: QueuedCallback, signal: AbortSignal | undefined): Promise<void> {
    const { id } = callback;
    const done = post(callback, signal).finally(() => {
      if (attempts.get(id) === done) attempts.delete(id);
    });
    attempts.set(id, done);
    return done;
  }

  /** Takes the first task out of the queue, and begins it. */
  function begin(task: Task, signal?: AbortSignal): Promise<void> {
    tasks.removeFirst();
    if (task.kind === 'decision') {
      run({ kind: 'run-scheduled-decision', scheduledDecisionId: task.id });
      return Promise.resolve();
    }
    const { url = '' } = find(state().callbacks, task.id) ?? {};
    return lanes.enqueue(url, async () => {
      const callback = find(state().callbacks, task.id);
      if (signal?.aborted) tasks.putBack(task);
      else if (callback && tasks.isCurrent(task)) await attempt(callback, signal);
    });
  }

  return {
    begin,
    /** Begins every task that is due at a time. Resolves when these and all earlier tasks are done. */
    runDue: async (time: number, signal?: AbortSignal): Promise<void> => {
      const begun: Promise<void>[] = [];
      for (let task = tasks.first(); task && task.dueAt <= time && !signal?.aborted; task = tasks.first())
        begun.push(begin(task, signal));
      await Promise.all([...begun, lanes.idle()]);
    },
    /** Resolves when the attempt in progress for a callback has ended. `undefined` if there is no such attempt. */
    attemptOf: (id: string) => attempts.get(id)?.catch(() => {}),
    idle: lanes.idle,
    idleFor: lanes.idleFor,
    isIdle: lanes.isIdle,
  };
}

import type { Effect } from '../core/model/command.ts';
import { entries, find } from '../core/model/table.ts';
import type { Machine } from './machine.ts';
import { createTaskQueue, type Task } from './task-queue.ts';

export type WaitingTasks = ReturnType<typeof createWaitingTasks>;

/** Keeps the callbacks and decisions that wait in the state, in the order in which they are due. */
export function createWaitingTasks(state: Machine['state']) {
  const queue = createTaskQueue();

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

  return {
    isCurrent,
    /** Adds the task that an effect of the state caused, if any. */
    notice: (effect: Effect): void => {
      if (effect.kind === 'deliver-callback') add('callback', effect.callbackId);
      if (effect.kind === 'scheduled-decision') add('decision', effect.scheduledDecisionId);
    },
    /** Reads the tasks of a new state. */
    reload: (): void => {
      queue.clear();
      for (const [id] of entries(state().waiting)) add('callback', id);
      for (const [id] of entries(state().scheduledDecisions)) add('decision', id);
    },
    /** Returns the task that is due first. */
    first: (): Task | undefined => {
      for (;;) {
        const task = queue.first();
        if (!task || isCurrent(task)) return task;
        queue.removeFirst();
      }
    },
    removeFirst: queue.removeFirst,
    putBack: queue.add,
  };
}

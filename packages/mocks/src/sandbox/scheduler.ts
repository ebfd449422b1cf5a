import { assertOptions, OptionError } from '../core/model/assert-options.ts';
import type { Duration } from '../core/model/duration.ts';
import { type AdvancingClock, endOfAdvance } from './clock.ts';
import type { Machine } from './machine.ts';
import { createTaskRunner, type Post } from './task-runner.ts';
import { createWaitingTasks } from './waiting-tasks.ts';

export type Scheduler = ReturnType<typeof createScheduler>;

/** Runs due decisions and callbacks in the order of the sandbox's clock. */
export function createScheduler(machine: Machine, clock: AdvancingClock, post: Post) {
  const tasks = createWaitingTasks(machine.state);
  const runner = createTaskRunner(machine, tasks, post);
  let advancing = Promise.resolve();
  let advances = 0;

  /** Runs one advance of the clock after the other. */
  function alone(work: () => Promise<void>): Promise<void> {
    advances++;
    const done = advancing
      .then(runner.idle)
      .then(work)
      .finally(() => advances--);
    advancing = done.catch(() => {});
    return done;
  }

  function advance(by: Duration): Promise<void> {
    const end = endOfAdvance(clock.now(), by);
    const isIdle = advances === 0 && runner.isIdle();
    if (isIdle && (tasks.first()?.dueAt ?? Number.POSITIVE_INFINITY) > end) {
      clock.advanceTo(end);
      return Promise.resolve();
    }
    return alone(async () => {
      const until = endOfAdvance(clock.now(), by); // Another advance can have moved the clock.
      for (let task = tasks.first(); task && task.dueAt <= until; task = tasks.first()) {
        clock.advanceTo(task.dueAt);
        await runner.runDue(task.dueAt);
      }
      clock.advanceTo(until);
    });
  }

  return {
    reload: tasks.reload,
    notice: tasks.notice,
    attemptOf: runner.attemptOf,
    /** Runs every task that is due now once. Resolves when the callbacks for the receiver of a URL are posted. */
    drainFor: async (url: string): Promise<void> => {
      await Promise.race([runner.runDue(clock.now()), runner.idleFor(url)]);
    },
    /** Runs every task that is due now once. */
    drain: (signal?: AbortSignal) => runner.runDue(clock.now(), signal),
    nextDueAt: () => tasks.first()?.dueAt,
    advance,
    runUntilIdle: (options: { readonly max?: number } = {}) => {
      const max = maxOf(options);
      return alone(async () => {
        let count = 0;
        for (let task = tasks.first(); task; task = tasks.first()) {
          if (count++ === max) throw tooManyTasks(max);
          clock.advanceTo(task.dueAt);
          await runner.begin(task);
        }
      });
    },
  };
}

function maxOf(options: { readonly max?: number }): number {
  assertOptions('runUntilIdle', options, ['max']);
  const { max = 1000 } = options;
  if (!Number.isInteger(max) || max < 1)
    throw new OptionError('The max of runUntilIdle must be a whole number, 1 or more.');
  return max;
}

function tooManyTasks(max: number): Error {
  return new Error(
    `runUntilIdle stopped after ${max} tasks, and more tasks are due. Raise max, or look for a loop.`,
  );
}

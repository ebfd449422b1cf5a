import type { Command, Effect, StepResponse } from '../core/model/command.ts';
import type { Env } from '../core/model/env.ts';
import type { State } from '../core/model/state.ts';
import { entries } from '../core/model/table.ts';
import { createDerive } from '../core/seed/derive.ts';
import { step } from '../core/step.ts';

export type Machine = ReturnType<typeof createMachine>;

/** What a command knows about the outside world, with the clock as a function. */
interface MachineOptions extends Omit<Env, 'now' | 'derive'> {
  readonly seed: string | number;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
  readonly onEffect: (effect: Effect) => void;
  /** Creates the initial state. */
  readonly start: (env: Env) => State;
}

/** Holds the state, and runs one command after the other. */
export function createMachine({ seed, now, onEffect, start, ...options }: MachineOptions) {
  const derive = createDerive(seed);
  const env = (): Env => ({ ...options, now: now(), derive });
  let state = start(env());
  let changes = 0;
  let isRunning = false;

  /** What a handler changed during a command would be lost: the result of the command replaces the state. */
  function assertIdle(): void {
    if (!isRunning) return;
    throw new Error(
      'A handler of on() cannot change the sandbox while the sandbox handles the request. Change the sandbox in onEffect, or after the response.',
    );
  }

  return {
    state: () => state,
    /** Returns what a command knows about the outside world now. */
    env,
    /** Number of commands that have run, plus the number of times that the state was replaced. */
    changes: () => changes,
    /** Replaces the state, and reports the callbacks and decisions that wait in the new state. */
    replaceState: (replacement: State): void => {
      assertIdle();
      changes++;
      state = replacement;
      for (const [callbackId] of entries(state.waiting)) onEffect({ kind: 'deliver-callback', callbackId });
      for (const [scheduledDecisionId] of entries(state.scheduledDecisions))
        onEffect({ kind: 'scheduled-decision', scheduledDecisionId });
    },
    /** Runs a command. If the command throws, the state does not change. */
    run: (command: Command): StepResponse => {
      assertIdle();
      changes++;
      isRunning = true;
      try {
        const { state: next, response, effects } = step(state, command, env());
        state = next;
        isRunning = false;
        for (const effect of effects) onEffect(effect);
        return response;
      } finally {
        isRunning = false;
      }
    },
  };
}

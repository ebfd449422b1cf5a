import { createInitialState } from '../core/fixtures.ts';
import type { Command, Effect, StepResponse } from '../core/model/command.ts';
import type { Env, RequestMode } from '../core/model/env.ts';
import type { Override } from '../core/model/override.ts';
import type { State } from '../core/model/state.ts';
import { entries } from '../core/model/table.ts';
import { createDerive } from '../core/seed/derive.ts';
import { step } from '../core/step.ts';

/** Holds the state. It runs one command after the other. */
export interface Machine {
  readonly state: () => State;
  /** Replaces the state, and reports the callbacks and decisions that wait in the new state. */
  readonly replaceState: (state: State) => void;
  /** Runs a command. If the command throws, the state does not change. */
  readonly run: (command: Command) => StepResponse;
}

export interface MachineOptions {
  readonly seed: string | number;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
  readonly requests: RequestMode;
  readonly override: Override;
  readonly onEffect: (effect: Effect) => void;
  /** @default a state with the contract's fixtures */
  readonly state?: State | undefined;
}

export function createMachine({
  seed,
  now,
  requests,
  override,
  onEffect,
  ...start
}: MachineOptions): Machine {
  const derive = createDerive(seed);
  const env = (): Env => ({ now: now(), derive, requests, override });
  let state = start.state ?? createInitialState(env());
  return {
    state: () => state,
    replaceState: (replacement) => {
      state = replacement;
      for (const [callbackId] of entries(state.waiting)) onEffect({ kind: 'deliver-callback', callbackId });
      for (const [scheduledDecisionId] of entries(state.scheduledDecisions))
        onEffect({ kind: 'scheduled-decision', scheduledDecisionId });
    },
    run: (command) => {
      const { state: next, response, effects } = step(state, command, env());
      state = next;
      for (const effect of effects) onEffect(effect);
      return response;
    },
  };
}

import { createInitialState } from '../core/fixtures.ts';
import type { Command, Effect, StepResponse } from '../core/model/command.ts';
import type { Env, RequestMode } from '../core/model/env.ts';
import type { Override } from '../core/model/override.ts';
import type { State } from '../core/model/state.ts';
import { createDerive } from '../core/seed/derive.ts';
import { step } from '../core/step.ts';

/** The one place where the state lives: it runs commands one after the other and keeps what follows. */
export interface Machine {
  readonly state: () => State;
  /** Puts another state in its place. */
  readonly replaceState: (state: State) => void;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
  /** Runs a command; if that throws, the state stays as it was. */
  readonly run: (command: Command) => StepResponse;
}

/** What a machine is started with. */
export interface MachineParts {
  readonly seed: string | number;
  readonly now: () => number;
  readonly requests: RequestMode;
  readonly override: Override;
  readonly onEffect: (effect: Effect) => void;
  /** @default the world of the contract's examples */
  readonly state?: State | undefined;
}

/** Starts a machine. */
export function startMachine({ seed, now, requests, override, onEffect, ...start }: MachineParts): Machine {
  const derive = createDerive(seed);
  const env = (): Env => ({ now: now(), derive, requests, override });
  let state = start.state ?? createInitialState(env());
  return {
    state: () => state,
    replaceState: (other) => {
      state = other;
    },
    now,
    run: (command) => {
      const { state: next, response, effects } = step(state, command, env());
      state = next;
      for (const effect of effects) onEffect(effect);
      return response;
    },
  };
}

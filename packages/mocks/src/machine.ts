import type { Command, Effect, StepResponse } from './core/command.ts';
import { createDerive } from './core/derive.ts';
import type { Env } from './core/env.ts';
import type { State } from './core/state.ts';
import { step } from './core/step.ts';
import { createWorld, stateOf, type World } from './core/world.ts';

/** The one place where the state lives: it runs commands one after the other and keeps what follows. */
export interface Machine {
  readonly world: World;
  readonly state: () => State;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
  /** Runs a command; if that throws, the state stays as it was. */
  readonly run: (command: Command) => StepResponse;
}

/** Starts a machine in the world of the contract's examples. */
export function startMachine(
  seed: string | number,
  now: () => number,
  onEffect: (effect: Effect) => void,
): Machine {
  const derive = createDerive(seed);
  const env = (): Env => ({ now: now(), derive });
  const world = createWorld(env());
  let state = stateOf(world);
  return {
    world,
    state: () => state,
    now,
    run: (command) => {
      const { state: next, response, effects } = step(state, command, env());
      state = next;
      for (const effect of effects) onEffect(effect);
      return response;
    },
  };
}

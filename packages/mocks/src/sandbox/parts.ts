import type { Effect } from '../core/model/command.ts';
import type { Env } from '../core/model/env.ts';
import type { State } from '../core/model/state.ts';
import { find } from '../core/model/table.ts';
import { randomSeed } from '../core/seed/random-seed.ts';
import { createAdvancingClock } from './clock.ts';
import { createCoverage } from './coverage.ts';
import { createJournal } from './journal.ts';
import { createMachine } from './machine.ts';
import { createOverrides } from './overrides.ts';
import { createPostedCallbacks } from './posted-callbacks.ts';
import { createPoster } from './poster.ts';
import { allowedHostsOf, pendingAfterOf, type SandboxOptions, timeSourceOf } from './sandbox-options.ts';
import { createScheduler } from './scheduler.ts';

/** The parts of one sandbox, connected with each other. */
export type Parts = ReturnType<typeof createParts>;

/** @param start - Creates the state that the sandbox begins with. */
export function createParts(options: SandboxOptions, startAhead: number, start: (env: Env) => State) {
  const { requests = 'strict', dialect = 'contract', expiredFiles = 'warn' } = options;
  const seed = options.seed ?? options.scenario?.seed ?? randomSeed();
  const clock = createAdvancingClock(timeSourceOf(options), startAhead);
  const overrides = createOverrides(seed);
  const journal = createJournal();
  const coverage = createCoverage();

  const onEffect = (effect: Effect) => {
    scheduler.notice(effect);
    if (effect.kind === 'move') {
      journal.addMove(clock.now(), effect);
      coverage.moved(effect);
    }
    try {
      options.onEffect?.(effect);
    } catch (cause) {
      // A mistake of the test must not lose the effects that follow, and is no bug of the sandbox.
      const message = 'The option onEffect threw an exception.';
      overrides.failed(new Error(message, { cause }));
      console.error(message, cause);
    }
  };
  const { override } = overrides;
  const machine = createMachine({
    seed,
    now: clock.now,
    requests,
    dialect,
    expiredFiles,
    override,
    onEffect,
    start,
    pendingAfter: pendingAfterOf(options),
  });
  const posted = createPostedCallbacks((id) => find(machine.state().callbacks, id));
  const poster = createPoster({ machine, clock, journal, coverage, posted }, allowedHostsOf(options));
  const scheduler = createScheduler(machine, clock, poster.post);
  return { seed, machine, clock, journal, coverage, overrides, posted, poster, scheduler };
}

import { createInitialState } from '../core/fixtures.ts';
import type { State } from '../core/model/state.ts';
import { rows } from '../core/model/table.ts';
import { readScenario, readSnapshot, startOf } from '../core/scenario/read-scenario.ts';
import { addInitialPartner, initialPartnerIn } from './add-partner.ts';
import type { Parts } from './parts.ts';
import type { Sandbox } from './sandbox.ts';
import type { SandboxOptions } from './sandbox-options.ts';

type Replacements = Pick<Sandbox, 'restore' | 'reset' | 'load'>;

/** Completes the initial state of a sandbox, and replaces its state later. */
export function createStates(parts: Parts, options: SandboxOptions) {
  const { machine, scheduler, posted, poster, overrides, journal, coverage } = parts;
  let partner = options.partner && addInitialPartner(machine, options.partner);
  const initialState = machine.state();
  const reload = () => {
    scheduler.reload();
    posted.reload(rows(machine.state().callbacks));
  };
  const replace = (replacement: State) => {
    poster.abort();
    machine.replaceState(replacement);
    reload();
  };
  const reset = (replacement: State) => {
    replace(replacement);
    for (const part of [overrides, journal, coverage]) part.clear();
  };
  const replacements: Replacements = {
    restore: (snapshot) => replace(readSnapshot(snapshot)),
    reset: () => reset(initialState),
    load: (replacement) => {
      const loaded = startOf(readScenario(replacement), machine.env(), createInitialState);
      if (options.partner) initialPartnerIn(loaded, options.partner); // Throws before anything changes.
      reset(loaded);
      partner = options.partner && addInitialPartner(machine, options.partner);
      reload();
    },
  };
  reload();
  return { ...replacements, partner: () => partner };
}

import { createInitialState, fixturesOf } from '../core/fixtures.ts';
import { assertOptions, assertWord, OptionError } from '../core/model/assert-options.ts';
import type { Env } from '../core/model/env.ts';
import { snapshotOf } from '../core/model/snapshot.ts';
import type { State } from '../core/model/state.ts';
import { type Transport, transports } from '../core/model/transmission.ts';
import { readScenario, startOf } from '../core/scenario/read-scenario.ts';
import { handleFetch } from '../transport/handle-fetch.ts';
import { throughMiddleware } from '../transport/through-middleware.ts';
import { assertRuntime } from './assert-runtime.ts';
import { createBackOffice } from './back-office.ts';
import { createCallbacks } from './callbacks.ts';
import { createFaults } from './faults.ts';
import type { Journal } from './journal.ts';
import { createParts } from './parts.ts';
import { requestsIn } from './request-filter.ts';
import { createRequestHandler } from './request-handler.ts';
import type { Sandbox } from './sandbox.ts';
import { assertSandboxOptions, assertSeed, type SandboxOptions, timeSourceOf } from './sandbox-options.ts';
import { createStates } from './states.ts';

/**
 * Creates a sandbox of the provider in memory. Two sandboxes share nothing.
 *
 * @throws OptionError for a misspelt option, and ScenarioError or FaultError for an invalid scenario.
 * @example
 * ```ts
 * const sandbox = createSandbox({ seed: 7 });
 * const response = await sandbox.fetch(new Request('https://provider.test/api/distributors/login', { method: 'POST' }));
 * ```
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  assertRuntime();
  assertSandboxOptions(options);
  const scenario = options.scenario && readScenario(options.scenario);
  // A number is the time that the caller wants. A function only says how time passes.
  const isAhead = scenario?.start !== undefined && typeof options.now !== 'number';
  const ahead = isAhead ? scenario.start - Math.trunc(timeSourceOf(options)()) : 0;
  const start = scenario && ((env: Env) => startOf(scenario, env, createInitialState));
  return assemble({ ...options, ...(scenario && { scenario }) }, ahead, start ?? createInitialState);
}

function assemble(options: SandboxOptions, startAhead: number, start: (env: Env) => State): Sandbox {
  const { scenario, dialect = 'contract', cors = true } = options;
  const parts = createParts(options, startAhead, start);
  const { seed, machine, clock, journal, coverage, overrides, posted, scheduler } = parts;
  const handle = throughMiddleware(createRequestHandler(parts), cors);
  const states = createStates(parts, options);
  const attached = new Set<Transport>();
  return {
    seed,
    dialect,
    cors,
    get fixtures() {
      return structuredClone(fixturesOf(machine.state()));
    },
    get partner() {
      const partner = states.partner();
      if (partner) return partner;
      throw new OptionError(
        'The sandbox has no partner of its own. Give createSandbox the option `partner`.',
      );
    },
    fetch: (input, init) => handleFetch({ handle, dialect }, requestOf(input, init), 'in-process'),
    handle,
    attach: (transport) => {
      assertWord('transport', transport, transports);
      attached.add(transport);
    },
    backOffice: createBackOffice(machine),
    callbacks: createCallbacks(machine, scheduler, posted),
    clock: { now: clock.now, advance: scheduler.advance, runUntilIdle: scheduler.runUntilIdle },
    faults: createFaults(machine, () => (attached.size > 0 ? [...attached] : ['in-process'])),
    on: overrides.on,
    overrideErrors: overrides.errors,
    snapshot: () => snapshotOf(machine.state()),
    restore: states.restore,
    reset: states.reset,
    load: states.load,
    fork: (changes = {}) => {
      assertOptions('fork', changes, ['seed', 'onEffect']);
      assertSeed(changes.seed);
      const { scenario: _, onEffect: __, ...kept } = options;
      return assemble({ ...kept, seed, ...changes }, clock.ahead(), machine.state);
    },
    scenario: () => ({
      name: scenario?.name ?? 'exported',
      seed,
      start: clock.now(),
      state: snapshotOf(machine.state()),
    }),
    journal: journal.all,
    exchange: exchangeFrom(journal),
    requests: (filter = {}) => requestsIn(journal.all(), filter),
    coverage: coverage.read,
    changes: machine.changes,
  };
}

function exchangeFrom(journal: Journal): Sandbox['exchange'] {
  return (entryId, options = {}) => {
    assertOptions('exchange', options, ['reveal']);
    assertWord('value of reveal', options.reveal, [true, false]);
    return journal.exchange(entryId, options.reveal ?? false);
  };
}

function requestOf(input: Request | URL | string, init: RequestInit | undefined): Request {
  return typeof input === 'object' && 'headers' in input ? input : new Request(input, init);
}

import { createInitialState, type Fixtures, fixturesOf } from '../core/fixtures.ts';
import { assertOptions, assertWord, OptionError } from '../core/model/assert-options.ts';
import type { ApiRequest, Effect } from '../core/model/command.ts';
import type { DialectName, Env } from '../core/model/env.ts';
import { type Snapshot, snapshotOf } from '../core/model/snapshot.ts';
import type { State } from '../core/model/state.ts';
import { find, rows } from '../core/model/table.ts';
import { type Transport, transports } from '../core/model/transmission.ts';
import { readScenario, readSnapshot, startOf } from '../core/scenario/read-scenario.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { randomSeed } from '../core/seed/random-seed.ts';
import { handleFetch } from '../transport/handle-fetch.ts';
import { type SandboxResponse, toSandboxResponse } from '../transport/sandbox-response.ts';
import { throughMiddleware } from '../transport/through-middleware.ts';
import { type AddedPartner, addInitialPartner, initialPartnerIn } from './add-partner.ts';
import { assertRuntime } from './assert-runtime.ts';
import { type BackOffice, createBackOffice } from './back-office.ts';
import { type Callbacks, createCallbacks } from './callbacks.ts';
import { type AdvancingClock, type Clock, createAdvancingClock } from './clock.ts';
import { type Coverage, type CoverageCounter, createCoverage } from './coverage.ts';
import { deliverCallback } from './deliver-callback.ts';
import type { Exchange } from './exchange.ts';
import { createFaults, type Faults } from './faults.ts';
import { createJournal, type Journal, type JournalEntry, type RequestEntry } from './journal.ts';
import { createMachine, type Machine } from './machine.ts';
import type { On } from './on.ts';
import { createOverrides } from './overrides.ts';
import { createPostedCallbacks } from './posted-callbacks.ts';
import { type RequestFilter, requestsIn } from './request-filter.ts';
import { respond } from './respond.ts';
import {
  allowedHostsOf,
  assertSandboxOptions,
  assertSeed,
  pendingAfterOf,
  type SandboxOptions,
  timeSourceOf,
} from './sandbox-options.ts';
import { createScheduler, type Post } from './scheduler.ts';

/** A stateful test double of the provider. Everything that it returns is a copy: changes to it have no effect. */
export interface Sandbox {
  readonly seed: string | number;
  readonly dialect: DialectName;
  /** Whether pages of every origin may read the responses. */
  readonly cors: boolean;
  /** The realm with its flow, and an administrator's token. */
  readonly fixtures: Fixtures;
  /**
   * Responds to a request to any of the provider's hosts. The path selects the host.
   *
   * @param input - A request, or an address as for the global `fetch`.
   * @param init - Used with an address only: some servers pass other values as a second argument.
   */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  /** The basis of every transport: takes a request as plain data, and returns the response to send. */
  readonly handle: (request: ApiRequest) => SandboxResponse;
  /** Registers a transport, which decides the possible faults. `mswHandlers` and servers call it themselves. */
  readonly attach: (transport: Transport) => void;
  /**
   * The partner that the option `partner` has added.
   *
   * @throws OptionError without that option.
   */
  readonly partner: AddedPartner;
  readonly backOffice: BackOffice;
  readonly callbacks: Callbacks;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly on: On;
  /**
   * Returns what the test's own overrides and its `onEffect` did wrong: exceptions, and responses that break the contract.
   */
  readonly overrideErrors: () => readonly Error[];
  /** Returns everything that the sandbox knows, including personal data and tokens. The sandbox stores no passwords. */
  readonly snapshot: () => Snapshot;
  /**
   * Replaces the whole state by a snapshot. The clock does not change.
   *
   * @throws ScenarioError for an invalid snapshot. Nothing is changed then.
   */
  readonly restore: (snapshot: Snapshot) => void;
  /** Restores the initial state, removes the overrides and empties the journal. The clock does not change. */
  readonly reset: () => void;
  /**
   * Resets the sandbox, and replaces its state by the start of a scenario. Seed and clock do not change. The partner of the
   * option `partner` is added again, unless the scenario has the same partner.
   *
   * @throws ScenarioError or FaultError for an invalid scenario, and OptionError if the scenario has that partner with
   *   another password. Nothing is changed then.
   */
  readonly load: (scenario: Scenario) => void;
  /** Creates an independent sandbox with the same state and time. */
  readonly fork: (options?: Pick<SandboxOptions, 'seed' | 'onEffect'>) => Sandbox;
  /** Exports this sandbox as data that another sandbox can begin with. */
  readonly scenario: () => Scenario;
  /** Returns the newest events, oldest first: at most 1000, and at most 8 MB, without secrets and personal data. */
  readonly journal: () => readonly JournalEntry[];
  /**
   * Returns the requests of the journal that match a filter, oldest first.
   *
   * @example
   * ```ts
   * const [push] = sandbox.requests({ operation: 'pushMerchant', merchantId });
   * ```
   */
  readonly requests: (filter?: RequestFilter) => readonly RequestEntry[];
  /**
   * Returns a request of the journal with its headers and bodies, or `undefined` if the journal does not have the request.
   * `reveal` shows personal data and secrets.
   *
   * @param entryId - The id of the journal's entry.
   */
  readonly exchange: (entryId: number, options?: { readonly reveal?: boolean }) => Exchange | undefined;
  /** Returns how much of the contract the sandbox has seen. */
  readonly coverage: () => Coverage;
  /** Counts what has happened in the sandbox so far. While the number stays the same, nothing happens. */
  readonly changes: () => number;
}

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
  const { scenario, requests = 'strict', dialect = 'contract', cors = true } = options;
  const seed = options.seed ?? scenario?.seed ?? randomSeed();
  const clock = createAdvancingClock(timeSourceOf(options), startAhead);
  const overrides = createOverrides(seed);
  const journal = createJournal();
  const coverage = createCoverage();
  const attached = new Set<Transport>();

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
    ...{ seed, now: clock.now, requests, dialect, override, onEffect, start },
    expiredFiles: options.expiredFiles ?? 'warn',
    pendingAfter: pendingAfterOf(options),
  });
  const posted = createPostedCallbacks((id) => find(machine.state().callbacks, id));
  const parts: Parts = { machine, clock, journal, coverage, overrides, posted };
  const handle = throughMiddleware(createRequestHandler(parts), cors);
  let posting = new AbortController();
  const post = createPost(parts, allowedHostsOf(options), () => posting.signal);
  const scheduler = createScheduler(machine, clock, post);
  let partner = options.partner && addInitialPartner(machine, options.partner);
  const initialState = machine.state();
  const reload = () => {
    scheduler.reload();
    posted.reload(rows(machine.state().callbacks));
  };
  reload();
  const replaceState = (replacement: State) => {
    posting.abort();
    posting = new AbortController();
    machine.replaceState(replacement);
    reload();
  };
  const reset = (replacement: State) => {
    replaceState(replacement);
    for (const part of [overrides, journal, coverage]) part.clear();
  };

  return {
    ...{ seed, dialect, cors },
    get fixtures() {
      return structuredClone(fixturesOf(machine.state()));
    },
    get partner() {
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
    restore: (snapshot) => replaceState(readSnapshot(snapshot)),
    reset: () => reset(initialState),
    load: (replacement) => {
      const loaded = startOf(readScenario(replacement), machine.env(), createInitialState);
      if (options.partner) initialPartnerIn(loaded, options.partner); // Throws before anything changes.
      reset(loaded);
      partner = options.partner && addInitialPartner(machine, options.partner);
      reload();
    },
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
    exchange: (entryId, options = {}) => {
      assertOptions('exchange', options, ['reveal']);
      assertWord('value of reveal', options.reveal, [true, false]);
      return journal.exchange(entryId, options.reveal ?? false);
    },
    requests: (filter = {}) => requestsIn(journal.all(), filter),
    coverage: coverage.read,
    changes: machine.changes,
  };
}

function requestOf(input: Request | URL | string, init: RequestInit | undefined): Request {
  return typeof input === 'object' && 'headers' in input ? input : new Request(input, init);
}

interface Parts {
  readonly machine: Machine;
  readonly clock: AdvancingClock;
  readonly journal: Journal;
  readonly coverage: CoverageCounter;
  readonly overrides: ReturnType<typeof createOverrides>;
  readonly posted: ReturnType<typeof createPostedCallbacks>;
}

function createRequestHandler({ machine, clock, journal, coverage, overrides }: Parts): Sandbox['handle'] {
  return (request) => {
    const { target } = request;
    const startedAt = clock.now();
    const response = respond(machine, overrides.failed, request);
    const sent = toSandboxResponse(response);
    const at = clock.now();
    journal.addRequest(at, request, response, { ...sent, tookMs: at - startedAt + sent.delayMs });
    if (target.kind === 'operation') coverage.responded(target.operationId, response.status);
    return sent;
  };
}

/** @param present - A signal that is aborted when the present state is replaced. */
function createPost(
  { machine, clock, journal, coverage, posted }: Parts,
  allowedHosts: readonly string[],
  present: () => AbortSignal,
): Post {
  return async (callback, signal) => {
    const startedAt = clock.now();
    const replaced = present();
    const stop = signal ? AbortSignal.any([signal, replaced]) : replaced;
    const result = await deliverCallback(callback, allowedHosts, stop);
    // The new state may have another callback with the same id.
    if (replaced.aborted) return;
    const attempt = { at: clock.now(), startedAt, ...result };
    machine.run({ kind: 'record-attempt', callbackId: callback.id, attempt });
    journal.addAttempt(callback, attempt);
    coverage.posted(callback.event);
    posted.posted(callback.id);
  };
}

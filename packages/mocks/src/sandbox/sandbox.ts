import { type Fixtures, fixturesOf } from '../core/fixtures.ts';
import type { ApiRequest, Effect, StepResponse } from '../core/model/command.ts';
import type { RequestMode } from '../core/model/env.ts';
import { type Snapshot, snapshotOf, stateFrom } from '../core/model/snapshot.ts';
import type { State } from '../core/model/state.ts';
import { find } from '../core/model/table.ts';
import type { Transport } from '../core/model/transmission.ts';
import { OverrideError } from '../core/request/handle-request.ts';
import { dialects } from '../core/responses/dialects.ts';
import { handleFetch } from '../transport/handle-fetch.ts';
import { type SandboxResponse, toSandboxResponse } from '../transport/sandbox-response.ts';
import { type BackOffice, createBackOffice } from './back-office.ts';
import { type Callbacks, createCallbacks } from './callbacks.ts';
import { type AdvancingClock, type Clock, createAdvancingClock } from './clock.ts';
import { type Coverage, type CoverageCounter, createCoverage } from './coverage.ts';
import { deliverCallback } from './deliver-callback.ts';
import type { Exchange } from './exchange.ts';
import { createFaults, type Faults } from './faults.ts';
import { createJournal, type Journal, type JournalEntry } from './journal.ts';
import { createMachine, type Machine } from './machine.ts';
import type { On } from './on.ts';
import { createOverrides } from './overrides.ts';
import type { Scenario } from './scenario.ts';
import { createScheduler, type Post } from './scheduler.ts';

export interface SandboxOptions {
  /**
   * Fixes every id, user name and token. The same seed and clock produce the same responses.
   * @default the scenario's seed, or 1
   */
  readonly seed?: string | number;
  /**
   * The clock, in milliseconds since 1970-01-01T00:00:00Z. Tokens, files and attempts depend on it.
   * @default Date.now
   */
  readonly now?: () => number;
  /**
   * The initial state.
   * @default the fixtures of the contract's examples
   */
  readonly scenario?: Scenario;
  /**
   * What happens to requests that violate the contract. `strict` rejects them. `warn` performs them where possible, and
   * records the violations in the journal. `off` performs them without a record. `expected` also rejects what Signzy does
   * not forbid, but the contract does not expect. The other modes record that as warnings in the journal.
   * @default 'strict'
   */
  readonly requests?: RequestMode;
  /**
   * Host names, without port, to which callbacks may be posted in addition to this machine.
   * @default []
   */
  readonly allowedCallbackHosts?: readonly string[];
  /**
   * Called for each case that moves, and for each callback or decision that becomes due. Without `createSandboxes` or a
   * server, due callbacks wait until you drain them or advance the clock.
   */
  readonly onEffect?: (effect: Effect) => void;
}

/** A stateful test double of the provider. Everything that it returns is a copy: changes to it have no effect. */
export interface Sandbox {
  readonly seed: string | number;
  /** The realm with its flow, and an administrator's token. */
  readonly fixtures: Fixtures;
  /** Responds to a request to any of the provider's hosts. The path selects the host. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The basis of every transport: takes a request as plain data, and returns the response to send. */
  readonly handle: (request: ApiRequest) => SandboxResponse;
  /** Registers a transport, which decides the possible faults. `mswHandlers` and servers call it themselves. */
  readonly attach: (transport: Transport) => void;
  readonly backOffice: BackOffice;
  readonly callbacks: Callbacks;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly on: On;
  /** Returns everything that the sandbox knows, including personal data and tokens. It stores no passwords. */
  readonly snapshot: () => Snapshot;
  /** Replaces the whole state by a snapshot. The clock does not change. */
  readonly restore: (snapshot: Snapshot) => void;
  /** Restores the initial state, removes the overrides and empties the journal. The clock does not change. */
  readonly reset: () => void;
  /** Creates an independent sandbox with the same state and time. */
  readonly fork: (options?: Pick<SandboxOptions, 'seed' | 'onEffect'>) => Sandbox;
  /** Exports this sandbox as data that another sandbox can begin with. */
  readonly scenario: () => Scenario;
  /** Returns the newest 1000 events, oldest first, without secrets and personal data. */
  readonly journal: () => readonly JournalEntry[];
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
 * @throws FaultError for an invalid fault in the scenario.
 * @example
 * ```ts
 * const sandbox = createSandbox({ seed: 7 });
 * const response = await sandbox.fetch(new Request('https://provider.test/api/distributors/login', { method: 'POST' }));
 * ```
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { scenario, now = Date.now } = options;
  const ahead = scenario?.start === undefined ? 0 : scenario.start - Math.trunc(now());
  return assemble(options, ahead, scenario?.state && stateFrom(scenario.state));
}

function assemble(options: SandboxOptions, startAhead: number, state: State | undefined): Sandbox {
  const { scenario, now = Date.now, requests = 'strict', allowedCallbackHosts = [] } = options;
  const seed = options.seed ?? scenario?.seed ?? 1;
  const clock = createAdvancingClock(now, startAhead);
  const overrides = createOverrides(seed);
  const journal = createJournal();
  const coverage = createCoverage();
  const attached = new Set<Transport>();

  const onEffect = (effect: Effect) => {
    if (effect.kind === 'move') {
      journal.addMove(clock.now(), effect);
      coverage.moved(effect);
    }
    options.onEffect?.(effect);
  };
  const { override } = overrides;
  const machine = createMachine({ seed, now: clock.now, requests, override, onEffect, state });
  for (const fault of scenario?.faults ?? []) machine.run({ kind: 'add-fault', fault });
  if (scenario?.policy) machine.run({ kind: 'set-policy', policy: scenario.policy });
  const initialState = machine.state();

  const parts: Parts = { machine, clock, journal, coverage };
  const handle = createRequestHandler(parts);
  const scheduler = createScheduler(machine, clock, createPost(parts, allowedCallbackHosts));
  const returned = new Set<string>();
  const replaceState = (replacement: State) => {
    // The same seed creates the same ids again within a second.
    for (const id of returned) if (!find(replacement.callbacks, id)) returned.delete(id);
    machine.replaceState(replacement);
  };

  return {
    seed,
    get fixtures() {
      return structuredClone(fixturesOf(machine.state()));
    },
    fetch: (request) => handleFetch(handle, request, 'in-process'),
    handle,
    attach: (transport) => void attached.add(transport),
    backOffice: createBackOffice(machine),
    callbacks: createCallbacks(machine, scheduler, returned),
    clock: { now: clock.now, advance: scheduler.advance, runUntilIdle: scheduler.runUntilIdle },
    faults: createFaults(machine, () => (attached.size > 0 ? [...attached] : ['in-process'])),
    on: overrides.on,
    snapshot: () => snapshotOf(machine.state()),
    restore: (snapshot) => replaceState(stateFrom(snapshot)),
    reset: () => {
      replaceState(initialState);
      for (const part of [overrides, journal, coverage]) part.clear();
    },
    fork: (changes = {}) => {
      const { scenario: _, onEffect: __, ...kept } = options;
      return assemble({ ...kept, seed, ...changes }, clock.ahead(), machine.state());
    },
    scenario: () => ({
      name: scenario?.name ?? 'exported',
      seed,
      start: clock.now(),
      state: snapshotOf(machine.state()),
    }),
    journal: journal.all,
    exchange: (entryId, { reveal = false } = {}) => journal.exchange(entryId, reveal),
    coverage: coverage.read,
    changes: machine.changes,
  };
}

interface Parts {
  readonly machine: Machine;
  readonly clock: AdvancingClock;
  readonly journal: Journal;
  readonly coverage: CoverageCounter;
}

function createRequestHandler({ machine, clock, journal, coverage }: Parts): Sandbox['handle'] {
  return (request) => {
    const { target } = request;
    const startedAt = clock.now();
    const response = respond(machine, request);
    const sent = toSandboxResponse(response);
    const at = clock.now();
    journal.addRequest(at, request, response, { ...sent, tookMs: at - startedAt + sent.delayMs });
    if (target.kind === 'operation') coverage.responded(target.operationId, response.status);
    return sent;
  };
}

function createPost({ machine, clock, journal, coverage }: Parts, allowedHosts: readonly string[]): Post {
  return async (callback, signal) => {
    const startedAt = clock.now();
    const result = await deliverCallback(callback, allowedHosts, signal);
    const attempt = { at: clock.now(), startedAt, ...result };
    machine.run({ kind: 'record-attempt', callbackId: callback.id, attempt });
    journal.addAttempt(callback, attempt);
    coverage.posted(callback.event);
  };
}

/** Runs a request. A bug of the sandbox is logged, and is the only cause of a 500 that no fault requested. */
function respond(machine: Machine, request: ApiRequest): StepResponse {
  const { internalError } = dialects[request.target.host];
  try {
    return machine.run({ kind: 'request', request });
  } catch (bug) {
    if (bug instanceof OverrideError) {
      console.error(bug.message);
      return { ...internalError, answeredBy: 'override' };
    }
    console.error('The sandbox has a bug. Please report it.', bug);
    return internalError;
  }
}

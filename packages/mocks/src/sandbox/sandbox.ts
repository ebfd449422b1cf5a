import { route } from '../core/contract/route.ts';
import { type Fixtures, fixturesOf } from '../core/fixtures.ts';
import type { ApiRequest, Effect, StepResponse } from '../core/model/command.ts';
import type { RequestMode } from '../core/model/env.ts';
import { type Snapshot, snapshotOf, stateFrom } from '../core/model/snapshot.ts';
import type { State } from '../core/model/state.ts';
import { recordOf } from '../core/model/table.ts';
import type { Transport } from '../core/model/transport.ts';
import { internalErrorResponse, OverrideError } from '../core/request/handle-request.ts';
import { handleFetch } from '../transport/handle-fetch.ts';
import { type SandboxResponse, toSandboxResponse } from '../transport/sandbox-response.ts';
import { type BackOffice, createBackOffice } from './back-office.ts';
import { type Callbacks, createCallbacks } from './callbacks.ts';
import { type Clock, createAdvancingClock } from './clock.ts';
import { type Coverage, createCoverage } from './coverage.ts';
import { deliverCallback } from './deliver-callback.ts';
import { createFaults, type Faults } from './faults.ts';
import { callbackEntry, createJournal, type JournalEntry, moveEntry, requestEntry } from './journal.ts';
import { type Machine, startMachine } from './machine.ts';
import type { On } from './on.ts';
import { createOverrides } from './overrides.ts';
import type { Scenario } from './scenario.ts';
import { createScheduler } from './scheduler.ts';

/** What a sandbox is created with. */
export interface SandboxOptions {
  /**
   * Fixes every id, user name and token. The same seed and clock give the same answers.
   * @default the scenario's, or 1
   */
  readonly seed?: string | number;
  /**
   * The clock, in milliseconds since 1970-01-01T00:00:00Z. Tokens, files and attempts go by it.
   * @default Date.now
   */
  readonly now?: () => number;
  /**
   * How it begins.
   * @default the world of the contract's examples
   */
  readonly scenario?: Scenario;
  /**
   * What becomes of requests that depart from the contract: they are refused (`strict`); or performed where that can
   * be done, which the journal notes (`warn`) or does not (`off`).
   * @default 'strict'
   */
  readonly requests?: RequestMode;
  /**
   * Host names, without port, that callbacks may be posted to beside this machine.
   * @default []
   */
  readonly allowedCallbackHosts?: readonly string[];
  /**
   * ResponseMeta of each case that moves, and of what has become due by itself. Without somebody who then drains, callbacks
   * wait until they are drained or the clock is put forward.
   */
  readonly onEffect?: (effect: Effect) => void;
}

/** A stateful stand-in of the provider. What it hands out is a copy: changing it changes nothing. */
export interface Sandbox {
  readonly seed: string | number;
  /** What is there from the start: a realm with its flow, and an administrator's token. */
  readonly fixtures: Fixtures;
  /** Answers a request to any of the provider's hosts; the path decides which one is meant. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** What transports are made of: a request as plain data, and what is to go out. */
  readonly handle: (request: ApiRequest) => SandboxResponse;
  /** Tells of a transport that leads here, as `mswHandlers` and servers do by themselves. Faults go by it. */
  readonly attach: (transport: Transport) => void;
  readonly backOffice: BackOffice;
  readonly callbacks: Callbacks;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly on: On;
  /** Everything the sandbox knows, personal data and tokens included. Passwords it does not keep. */
  readonly snapshot: () => Snapshot;
  /** Puts what a snapshot knows in the place of everything. The clock stays where it is. */
  readonly restore: (snapshot: Snapshot) => void;
  /** Begins anew: without overrides, and with an empty journal. The clock stays where it is. */
  readonly reset: () => void;
  /** Another sandbox that knows the same, at the same time; from then on they share nothing. */
  readonly fork: (options?: Pick<SandboxOptions, 'seed' | 'onEffect'>) => Sandbox;
  /** This sandbox as data that another one can begin with. */
  readonly scenario: () => Scenario;
  /** What happened, the newest 1000 things, oldest first, without secrets and personal data. */
  readonly journal: () => readonly JournalEntry[];
  /** How much of the contract was seen. */
  readonly coverage: () => Coverage;
}

/**
 * Creates a sandbox of the provider, in memory and of its own: two share nothing.
 *
 * @throws FaultError if a fault of the scenario means nothing.
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
  const { scenario, now = Date.now, allowedCallbackHosts = [], onEffect = () => {} } = options;
  const seed = options.seed ?? scenario?.seed ?? 1;
  const clock = createAdvancingClock(now, startAhead);
  const overrides = createOverrides(seed);
  const journal = createJournal();
  const coverage = createCoverage();
  const attached = new Set<Transport>();

  function happened(effect: Effect): void {
    if (effect.kind === 'move') {
      journal.add(moveEntry(clock.now(), effect));
      coverage.moved(effect);
    }
    onEffect(effect);
  }

  const machine = startMachine({
    seed,
    now: clock.now,
    requests: options.requests ?? 'strict',
    override: overrides.override,
    onEffect: happened,
    state,
  });
  const agenda = createScheduler(machine, clock, async (callback, signal) => {
    const outcome = await deliverCallback(callback, allowedCallbackHosts, signal);
    const attempt = { at: clock.now(), ...outcome };
    machine.run({ kind: 'record-attempt', callbackId: callback.id, attempt });
    journal.add(callbackEntry(callback, attempt));
    coverage.posted(callback.event);
    desk.posted();
  });
  const desk = createCallbacks(machine, agenda);
  const faults = createFaults(machine, () => (attached.size > 0 ? [...attached] : ['in-process']));

  /** What waits in the new state may be due, and nobody was told of it. */
  function replaceState(state: State): void {
    machine.replaceState(state);
    for (const callbackId of Object.keys(recordOf(state.waiting)))
      onEffect({ kind: 'deliver-callback', callbackId });
    for (const scheduledDecisionId of Object.keys(recordOf(state.scheduledDecisions)))
      onEffect({ kind: 'scheduled-decision', scheduledDecisionId });
  }

  function handle(request: ApiRequest): SandboxResponse {
    const response = respond(machine, request);
    const sandboxResponse = toSandboxResponse(response);
    journal.add(requestEntry(clock.now(), request, response, sandboxResponse));
    const target = route(request.method, request.path);
    if (target.kind === 'operation') coverage.answered(target.operationId, response.status);
    return sandboxResponse;
  }

  for (const fault of scenario?.faults ?? []) machine.run({ kind: 'add-fault', fault });
  if (scenario?.policy) machine.run({ kind: 'set-policy', policy: scenario.policy });
  const beginning = machine.state();

  return {
    seed,
    get fixtures() {
      return structuredClone(fixturesOf(machine.state()));
    },
    fetch: (request) => handleFetch(handle, request, 'in-process'),
    handle,
    attach: (transport) => void attached.add(transport),
    backOffice: createBackOffice(machine),
    callbacks: desk.callbacks,
    clock: { now: clock.now, advance: agenda.advance, runUntilIdle: agenda.runUntilIdle },
    faults,
    on: overrides.on,
    snapshot: () => snapshotOf(machine.state()),
    restore: (snapshot) => replaceState(stateFrom(snapshot)),
    reset: () => {
      replaceState(beginning);
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
    coverage: coverage.read,
  };
}

/** A bug of the sandbox is said aloud, and is the only thing of its own that is answered with a 500. */
function respond(machine: Machine, request: ApiRequest): StepResponse {
  try {
    return machine.run({ kind: 'request', request });
  } catch (bug) {
    if (bug instanceof OverrideError) {
      console.error(bug.message);
      return { ...internalErrorResponse(request), answeredBy: 'override' };
    }
    console.error('The sandbox has a bug, please report it.', bug);
    return internalErrorResponse(request);
  }
}

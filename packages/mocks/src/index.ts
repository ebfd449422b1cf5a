// Create sandboxes.

export type { Fixtures } from './core/fixtures.ts';
export type { Snapshot } from './core/model/snapshot.ts';
export type { Scenario } from './core/scenario/scenario.ts';
export { ScenarioError } from './core/scenario/scenario-error.ts';
export { createSandbox } from './sandbox/create-sandbox.ts';
export type { Sandbox } from './sandbox/sandbox.ts';
export type { SandboxOptions } from './sandbox/sandbox-options.ts';
export {
  createSandboxes,
  type NamedSandbox,
  type Sandboxes,
  SandboxesError,
  type SandboxesOptions,
} from './sandbox/sandboxes.ts';
export { type ScenarioBuilder, scenario } from './sandbox/scenario-builder.ts';

// Steer a sandbox: decisions, callbacks, time.

export { BackOfficeError } from './core/back-office/decide.ts';
export { OptionError } from './core/model/assert-options.ts';
export type { DecisionDetails, Effect, Mover } from './core/model/command.ts';
export type { DecisionPolicy, DecisionRule } from './core/model/decision-policy.ts';
export type { Duration } from './core/model/duration.ts';
export type { Listing, ListQuery } from './core/model/listing.ts';
export type { Attempt, QueuedCallback } from './core/model/queued-callback.ts';
export type { AddedPartner, Credentials } from './sandbox/add-partner.ts';
export type { BackOffice, CaseFilter } from './sandbox/back-office.ts';
export type { CallbackFilter, Callbacks, NextCallbackOptions } from './sandbox/callbacks.ts';
export type { Clock } from './sandbox/clock.ts';

// Break a sandbox: faults.

export { FaultError } from './core/faults/assert-fault.ts';
export { callbackFaultKinds, type RequestFaultFacts, requestFaultKinds } from './core/faults/fault-kinds.ts';
export type * from './core/model/fault.ts';
export type { Faults } from './sandbox/faults.ts';

// Replace responses: overrides.

export type { OperationCall } from './core/operations/operation-handler.ts';
export type * from './sandbox/on.ts';

// Ask what happened: journal and coverage.

export { type Basis, type Behaviour, behaviours, type Fidelity } from './core/model/behaviours.ts';
export type { Coverage } from './sandbox/coverage.ts';
export type { Exchange } from './sandbox/exchange.ts';
export type { CallbackEntry, JournalEntry, MoveEntry, RequestEntry } from './sandbox/journal.ts';
export type { RequestFilter } from './sandbox/request-filter.ts';

// Read what a sandbox holds: realms and cases.

export {
  type BackOfficeDecision,
  type Event,
  type Move,
  type Status,
  type Transition,
  transitions,
} from './core/model/case-status.ts';
export type * from './core/model/state.ts';

// Write a transport of your own.

export { type Host, route, type Target } from './core/contract/route.ts';
export type { AnsweredBy, ApiRequest, RequestBody, RequestHeaders } from './core/model/command.ts';
export type { DialectName, ExpiredFiles, RequestMode } from './core/model/env.ts';
export type { TransmissionMode, Transport } from './core/model/transmission.ts';
export type { SandboxResponse } from './transport/sandbox-response.ts';

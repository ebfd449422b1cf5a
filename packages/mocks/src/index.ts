export { BackOfficeError } from './core/back-office/back-office-error.ts';
export { FaultError } from './core/faults/check-fault.ts';
export { callbackFaultKinds, requestFaultKinds } from './core/faults/fault-kinds.ts';
export type { Fixtures } from './core/fixtures.ts';
export { type Basis, behaviours, type Fidelity } from './core/model/behaviours.ts';
export type { Event, Status } from './core/model/case-status.ts';
export {
  type BackOfficeDecision,
  type Move,
  type Transition,
  transitions,
} from './core/model/case-status.ts';
export type {
  AnsweredBy,
  ApiRequest,
  DecisionDetails,
  Effect,
  Mover,
  RequestBody,
} from './core/model/command.ts';
export type { DecisionPolicy, DecisionRule } from './core/model/decision-policy.ts';
export type { Duration } from './core/model/duration.ts';
export type { RequestMode } from './core/model/env.ts';
export type {
  CallbackFaultSpec,
  DriftBreakage,
  Fault,
  FaultSpec,
  RequestFaultSpec,
} from './core/model/fault.ts';
export type { Attempt, QueuedCallback } from './core/model/queued-callback.ts';
export type { Snapshot } from './core/model/snapshot.ts';
export type { Flow, Merchant, Page, PageType, Realm, Widget } from './core/model/state.ts';
export type { TransmissionMode } from './core/model/transmission.ts';
export type { Transport } from './core/model/transport.ts';
export type { BackOffice } from './sandbox/back-office.ts';
export type { CallbackFilter, Callbacks, NextCallbackOptions } from './sandbox/callbacks.ts';
export type { Clock } from './sandbox/clock.ts';
export type { Coverage } from './sandbox/coverage.ts';
export type { Faults } from './sandbox/faults.ts';
export type { CallbackEntry, JournalEntry, MoveEntry, RequestEntry } from './sandbox/journal.ts';
export type {
  MachineResponse,
  On,
  OperationResponse,
  OverrideContext,
  OverrideHandler,
  OverrideOptions,
  OverrideShortcuts,
} from './sandbox/on.ts';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox/sandbox.ts';
export {
  createSandboxes,
  type NamedSandbox,
  type Sandboxes,
  SandboxesError,
  type SandboxesOptions,
} from './sandbox/sandboxes.ts';
export type { Scenario } from './sandbox/scenario.ts';
export type { SandboxResponse } from './transport/sandbox-response.ts';

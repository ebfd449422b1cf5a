export type { BackOffice } from './back-office.ts';
export type { CallbackFilter, Callbacks, NextOptions } from './callbacks.ts';
export type { Clock } from './clock.ts';
export { BackOfficeError } from './core/back-office/back-office-error.ts';
export {
  type BackOfficeDecision,
  type Move,
  type Transition,
  transitions,
} from './core/back-office/moves.ts';
export { type Basis, behaviours, type Fidelity } from './core/behaviours.ts';
export type { Attempt, QueuedCallback } from './core/callbacks/queued-callback.ts';
export type { AnsweredBy, ApiRequest, DecisionDetails, Effect, Mover, RequestBody } from './core/command.ts';
export type { Duration } from './core/duration.ts';
export type { RequestMode } from './core/env.ts';
export { FaultError } from './core/faults/check-fault.ts';
export type { CallbackFaultSpec, Drift, Fault, FaultSpec, RequestFaultSpec } from './core/faults/fault.ts';
export { callbackFaultKinds, requestFaultKinds } from './core/faults/fault-kinds.ts';
export type { DecisionPolicy, DecisionRule } from './core/policy/decision-policy.ts';
export type { Snapshot } from './core/snapshot.ts';
export type { Event, Flow, Merchant, Page, PageType, Realm, Status, Widget } from './core/state.ts';
export type { Transport } from './core/transport.ts';
export type { Manner } from './core/wire.ts';
export type { World } from './core/world.ts';
export type { Coverage } from './coverage.ts';
export type { Faults } from './faults.ts';
export type { CallbackEntry, JournalEntry, MoveEntry, RequestEntry } from './journal.ts';
export type {
  Answer,
  MachineAnswer,
  On,
  Overridden,
  OverrideHandler,
  OverrideOptions,
  OverrideShortcuts,
} from './on.ts';
export type { Reply } from './reply.ts';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
export {
  createSandboxes,
  type NamedSandbox,
  type Sandboxes,
  SandboxesError,
  type SandboxesOptions,
} from './sandboxes.ts';
export type { Scenario } from './scenario.ts';

export type { BackOffice } from './back-office.ts';
export type { Callbacks } from './callbacks.ts';
export { BackOfficeError } from './core/back-office/back-office-error.ts';
export type { Attempt, QueuedCallback } from './core/callbacks/queued-callback.ts';
export type { DecisionDetails, Effect } from './core/command.ts';
export type { Event, Flow, Merchant, Page, PageType, Realm, State, Status, Widget } from './core/state.ts';
export type { World } from './core/world.ts';
export type { JournalEntry } from './journal.ts';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

import type { Fixtures } from '../core/fixtures.ts';
import type { ApiRequest } from '../core/model/command.ts';
import type { DialectName } from '../core/model/env.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import type { Transport } from '../core/model/transmission.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { SandboxResponse } from '../transport/sandbox-response.ts';
import type { AddedPartner } from './add-partner.ts';
import type { BackOffice } from './back-office.ts';
import type { Callbacks } from './callbacks.ts';
import type { Clock } from './clock.ts';
import type { Coverage } from './coverage.ts';
import type { Exchange } from './exchange.ts';
import type { Faults } from './faults.ts';
import type { JournalEntry, RequestEntry } from './journal.ts';
import type { On } from './on.ts';
import type { RequestFilter } from './request-filter.ts';
import type { SandboxOptions } from './sandbox-options.ts';

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
  /** Registers a transport. The registered transports decide the possible faults. `mswHandlers` and servers call `attach`. */
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
  /** Restores the initial state, removes the overrides, and empties journal and coverage. The clock does not change. */
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
  /** Returns the newest entries, oldest first: at most 1000, and at most 8 MB, without secrets and personal data. */
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
  /** Returns a number that grows with everything that happens. The same number means that nothing has happened. */
  readonly changes: () => number;
}

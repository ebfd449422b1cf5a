import { assertDuration, assertOptions, assertWord, OptionError } from '../core/model/assert-options.ts';
import type { Effect } from '../core/model/command.ts';
import { type Duration, lastMillisecond, millisecondsIn } from '../core/model/duration.ts';
import {
  type DialectName,
  dialectNames,
  type ExpiredFiles,
  type RequestMode,
  requestModes,
} from '../core/model/env.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { assertCredentials, type Credentials } from './add-partner.ts';

export interface SandboxOptions {
  /**
   * Fixes every id, user name and token. The same seed and clock produce the same responses.
   * @default the scenario's seed, or a new random seed
   */
  readonly seed?: string | number;
  /**
   * The time, in milliseconds since 1970-01-01T00:00:00Z. Tokens, files and attempts depend on the time. A number stops
   * the clock: only `clock.advance` moves the clock, and the number takes precedence over the `start` of a scenario. With
   * a function, the clock begins at the `start` of the scenario, if there is one, and runs in step with the function.
   * @default the system time at each reading, also while a test replaces the system time by fake timers
   */
  readonly now?: number | (() => number);
  /**
   * The initial state.
   * @default the fixtures of the contract's examples
   */
  readonly scenario?: Scenario;
  /**
   * Adds a partner that may use every flow, as `sandbox.partner`. `reset` and `load` keep the partner.
   * @default no partner
   */
  readonly partner?: Credentials;
  /**
   * What happens to requests that violate the contract. `strict` rejects them. `warn` performs them where possible,
   * and records the violations in the journal. `off` performs them without a record. `expected` also rejects requests
   * that break a limit that we added to the contract. For such requests, `strict` and `warn` record warnings in the
   * journal.
   * @default 'strict'
   */
  readonly requests?: RequestMode;
  /**
   * What the sandbox does where the contract leaves the behaviour open. `framework` behaves as the platform's framework
   * (LoopBack 3) with its default settings: see the guide to the sandbox's fidelity.
   * @default 'contract'
   */
  readonly dialect?: DialectName;
  /**
   * Whether pages of every origin may read the responses, as in a new application of the platform's framework.
   * @default true
   */
  readonly cors?: boolean;
  /**
   * What happens to a push with the address of an expired file of the sandbox. `warn`: the journal has a warning.
   * `refuse`: the push is refused.
   * @default 'warn'
   */
  readonly expiredFiles?: ExpiredFiles;
  /**
   * The time from a push until its case is pending. `documented` is three minutes: Signzy asks to wait two to three minutes
   * before a pull.
   * @default 0
   */
  readonly pendingAfter?: Duration | 'documented';
  /**
   * Host names, without port, to which callbacks may be posted in addition to this machine.
   * @default []
   */
  readonly allowedCallbackHosts?: readonly string[];
  /**
   * Called for each case that moves, and for each callback or decision that is scheduled. Without `createSandboxes` or a
   * server, due callbacks wait until you drain them or advance the clock.
   */
  readonly onEffect?: (effect: Effect) => void;
}

/** The names of all options. `satisfies` makes the compiler report an option that is missing here. */
export const optionNames: readonly string[] = Object.keys({
  seed: true,
  now: true,
  scenario: true,
  partner: true,
  dialect: true,
  cors: true,
  expiredFiles: true,
  pendingAfter: true,
  requests: true,
  allowedCallbackHosts: true,
  onEffect: true,
} satisfies { readonly [Name in keyof Required<SandboxOptions>]: true });

/** Looks `Date` up at each reading: fake timers replace it before or after the sandbox is created. */
export function timeSourceOf({ now = () => Date.now() }: SandboxOptions): () => number {
  return typeof now === 'number' ? () => now : now;
}

/** @throws OptionError for a misspelt option. */
export function assertSandboxOptions(options: SandboxOptions): void {
  assertOptions('createSandbox', options, optionNames);
  assertSeed(options.seed);
  assertTime(options.now);
  allowedHostsOf(options); // Throws for anything but host names.
  if (options.onEffect !== undefined && typeof options.onEffect !== 'function')
    throw new OptionError('The option onEffect must be a function.');
  if (options.partner !== undefined) assertCredentials('The option partner', options.partner);
  assertWord('value of requests', options.requests, requestModes);
  assertWord('dialect', options.dialect, dialectNames);
  assertWord('value of cors', options.cors, [true, false]);
  assertWord('value of expiredFiles', options.expiredFiles, ['warn', 'refuse']);
  if (options.pendingAfter !== 'documented')
    assertDuration('value of the option pendingAfter', options.pendingAfter);
}

/** An empty seed is probably an empty variable: all tests would share the empty seed. */
export function assertSeed(seed: unknown): void {
  if (seed === undefined || (typeof seed === 'string' && seed !== '') || Number.isFinite(seed)) return;
  throw new OptionError('The option seed must be a number, or a text that is not empty.');
}

function assertTime(now: unknown): void {
  const time: unknown = typeof now === 'function' ? Number(now()) : (now ?? 0);
  if (typeof time === 'number' && time >= 0 && time <= lastMillisecond) return;
  throw new OptionError(
    'The option now must be a number of milliseconds since 1970-01-01 that is not past 2106-02-07, or a function that returns such a number.',
  );
}

/**
 * Returns the hosts that may receive callbacks in addition to this machine, as a URL spells them.
 *
 * @throws OptionError for anything but host names.
 */
export function allowedHostsOf({ allowedCallbackHosts = [] }: SandboxOptions): readonly string[] {
  // An untyped test can pass a text. A text would allow every host whose name is a part of the text.
  if (Array.isArray(allowedCallbackHosts))
    return allowedCallbackHosts.map((name) => hostIn(name, 'allowedCallbackHosts'));
  throw new OptionError('The option allowedCallbackHosts must be a list of host names.');
}

/**
 * Returns a host as a URL spells it.
 *
 * @param option - The option that names the host.
 * @throws OptionError for anything but a host name.
 */
export function hostIn(name: unknown, option: string): string {
  const url = `http://${name}`;
  // An IPv6 address is in brackets, as in a URL.
  if (/^[^\s/:@?#*]+$|^\[[\da-f:.]+\]$/i.test(`${name}`) && URL.canParse(url)) return new URL(url).hostname;
  throw new OptionError(
    `${option} must have host names without scheme, port and wildcard, such as host.docker.internal, not ${JSON.stringify(name)}.`,
  );
}

/** The documented time until a pull shows what was pushed. */
const documentedDelay: Duration = '3m';

/** Returns milliseconds. */
export function pendingAfterOf({ pendingAfter = 0 }: SandboxOptions): number {
  return millisecondsIn(pendingAfter === 'documented' ? documentedDelay : pendingAfter);
}

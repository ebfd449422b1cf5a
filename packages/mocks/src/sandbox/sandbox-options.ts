import { assertOptions, assertWord } from '../core/model/assert-options.ts';
import type { Effect } from '../core/model/command.ts';
import { type RequestMode, requestModes } from '../core/model/env.ts';
import type { Scenario } from '../core/scenario/scenario.ts';

export interface SandboxOptions {
  /**
   * Fixes every id, user name and token. The same seed and clock produce the same responses.
   * @default the scenario's seed, or a new random one
   */
  readonly seed?: string | number;
  /**
   * The clock, in milliseconds since 1970-01-01T00:00:00Z. Tokens, files and attempts depend on it. A number is a clock
   * that only `clock.advance` moves.
   * @default the system time at each reading, also while fake timers of a test replace it
   */
  readonly now?: number | (() => number);
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

/** The names of all options. `satisfies` makes the compiler list a new option here. */
export const optionNames: readonly string[] = Object.keys({
  seed: true,
  now: true,
  scenario: true,
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
  assertWord('value of requests', options.requests, requestModes);
}

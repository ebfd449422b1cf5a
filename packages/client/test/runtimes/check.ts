import type { PartnerClient, PartnerClientOptions } from '@partner-ecosystem/client';
import type { Runtime } from '@partner-ecosystem/runtimes';
import type { Arrival, ScenarioName } from './scenarios.ts';

/** A runtime, by the name that a check may say something about. */
export type RuntimeName = Runtime['name'] | 'workerd' | 'Chromium';

/** A client of a provider that nobody else talks to. */
export interface Visit {
  readonly partner: PartnerClient;
  /** What the provider has been asked, in order. */
  arrivals(): Promise<Arrival[]>;
}

/** One thing that holds on every runtime. Portable: it may use what the web platform has, and no more. */
export interface Check {
  /** States the rule. */
  readonly name: string;
  /** Resolves where the rule holds. */
  run(visit: (scenario: ScenarioName, options?: Partial<PartnerClientOptions>) => Visit): Promise<void>;
  /** Where it cannot be run, and why. */
  readonly except?: { readonly [Name in RuntimeName]?: string };
}

/**
 * The error that a call fails with.
 *
 * @throws Error if it is of another class, or if the call succeeds.
 */
export async function failure<E extends Error>(
  call: Promise<unknown>,
  // Constructors differ in what they take, and none is called here.
  type: abstract new (...args: never[]) => E,
): Promise<E> {
  const outcome = await call.then(
    () => 'a success',
    (error: unknown) => error,
  );
  if (outcome instanceof type) return outcome;
  throw new Error(`${outcome} is not a ${type.name}`);
}

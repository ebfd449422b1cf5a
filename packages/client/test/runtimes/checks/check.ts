import {
  createPartnerClient,
  type PartnerClient,
  type PartnerClientOptions,
} from '@partner-ecosystem/client';
import type { Check } from '@partner-ecosystem/runtimes';
import { canaries } from '../../support/example-input.ts';
import type { RecordedRequest, ScenarioName } from '../scenarios/scenarios.ts';

/** One provider of a scenario, and a client of it. */
export interface Visit {
  readonly partner: PartnerClient;
  /** Resolves to the requests that the provider received, in order. */
  arrivals(): Promise<RecordedRequest[]>;
}

export type OpenVisit = (scenario: ScenarioName, options?: Partial<PartnerClientOptions>) => Visit;

/** One rule of the client. Portable: the check runs inside the runtime, and can only use what the web platform has. */
export interface PortableCheck extends Pick<Check, 'name' | 'except'> {
  /** Resolves if the rule holds. */
  run(visit: OpenVisit): Promise<void>;
}

/** Creates a function that opens a new provider of the server for each visit. */
export function openVisitsAt(server: string): OpenVisit {
  return (scenario, options = {}) => {
    const url = `${server}/${encodeURIComponent(scenario)}/${crypto.randomUUID()}`;
    const partner = createPartnerClient({
      goUrl: url,
      backopsUrl: url,
      persistUrl: url,
      credentials: { username: 'example-broker', password: canaries.password },
      administratorToken: canaries.token,
      ...options,
    } as PartnerClientOptions);
    return {
      partner,
      arrivals: async () => (await (await fetch(`${url}/arrivals`)).json()) as RecordedRequest[],
    };
  };
}

/**
 * Resolves to the error that a call fails with.
 *
 * @throws Error if the error is of another class, or if the call succeeds.
 */
export async function failure<E extends Error>(
  call: Promise<unknown>,
  // Constructors take different arguments, and none is called here.
  type: abstract new (...args: never[]) => E,
): Promise<E> {
  const outcome = await call.then(
    () => 'a success',
    (error: unknown) => error,
  );
  if (outcome instanceof type) return outcome;
  throw new Error(`${outcome} is not a ${type.name}`);
}

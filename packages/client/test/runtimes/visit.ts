import { createPartnerClient, type PartnerClientOptions } from '@partner-ecosystem/client';
import { canaries } from './canaries.ts';
import type { Visit } from './check.ts';
import type { Arrival, ScenarioName } from './scenarios.ts';

/** Opens a provider of the kind that the scenario names, and makes a client of it. */
export function visit(
  server: string,
  scenario: ScenarioName,
  options: Partial<PartnerClientOptions> = {},
): Visit {
  const url = `${server}/${encodeURIComponent(scenario)}/${crypto.randomUUID()}`;
  const partner = createPartnerClient({
    ...{ goUrl: url, backopsUrl: url, persistUrl: url },
    credentials: { username: 'example-broker', password: canaries.password },
    administratorToken: canaries.token,
    ...options,
  } as PartnerClientOptions);
  return { partner, arrivals: () => read(`${url}/arrivals`) };
}

async function read(url: string): Promise<Arrival[]> {
  const response = await fetch(url);
  return (await response.json()) as Arrival[];
}

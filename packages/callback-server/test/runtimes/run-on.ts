import { type Outcome, outcomeOf } from '@partner-ecosystem/runtimes/outcome';
import { addressCheck, checks } from './checks.ts';
import type { Host } from './hosts.ts';

const noAddress = 'it tells no address: Cloudflare does, in a header';

/** Runs all checks against the receivers on a runtime. */
export async function runOn({ name, start }: Host): Promise<Outcome[]> {
  await using host = await start();
  const outcomes: Outcome[] = [];
  for (const check of checks) outcomes.push(await outcomeOf(check.name, check.run(host.port)));
  if (name.startsWith('workerd'))
    return [...outcomes, { name: addressCheck.name, verdict: 'not run', reason: noAddress }];
  return [...outcomes, await outcomeOf(addressCheck.name, addressCheck.run(host.port))];
}

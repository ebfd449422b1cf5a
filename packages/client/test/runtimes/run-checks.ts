import { type Outcome, outcomeOf } from '@partner-ecosystem/runtimes/outcome';
import type { RuntimeName } from './check.ts';
import { checks } from './checks.ts';
import { visit } from './visit.ts';

/** Runs all checks, one after the other, in the runtime that this is called in. */
export async function runChecks(server: string, runtime: RuntimeName): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, run, except = {} } of checks) {
    const reason = except[runtime];
    if (reason !== undefined) outcomes.push({ name, verdict: 'not run', reason });
    else
      outcomes.push(
        await outcomeOf(
          name,
          run((...where) => visit(server, ...where)),
        ),
      );
  }
  return outcomes;
}

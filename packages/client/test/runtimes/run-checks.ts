import type { RuntimeName } from './check.ts';
import { checks } from './checks.ts';
import { visit } from './visit.ts';

/** What became of one check: it held, it was not run, or it failed, each of the latter two with the reason. */
export interface Outcome {
  readonly name: string;
  readonly verdict: 'holds' | 'not run' | 'fails';
  readonly reason?: string;
}

/** Runs all checks, one after the other, in the runtime that this is called in. */
export async function runChecks(server: string, runtime: RuntimeName): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, run, except = {} } of checks) {
    const reason = except[runtime];
    if (reason !== undefined) outcomes.push({ name, verdict: 'not run', reason });
    else outcomes.push({ name, ...(await inTime(outcomeOf(run((...where) => visit(server, ...where))))) });
  }
  return outcomes;
}

type Result = Omit<Outcome, 'name'>;

async function outcomeOf(run: Promise<void>): Promise<Result> {
  return run.then(
    () => ({ verdict: 'holds' as const }),
    (error: unknown) => ({ verdict: 'fails' as const, reason: String(error) }),
  );
}

/** So that a check that never ends is named. */
async function inTime(outcome: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<Result>();
  const timer = setTimeout(
    () => late.resolve({ verdict: 'fails', reason: 'it did not end in 60 s' }),
    60_000,
  );
  return Promise.race([outcome, late.promise]).finally(() => clearTimeout(timer));
}

import type { Runtime, RuntimeName } from './runtimes.ts';
import type { Host } from './served-module.ts';

/** One rule that holds in every runtime. */
export interface Check {
  /** States the rule. */
  readonly name: string;
  /** Resolves if the rule holds. */
  run(host: Host): Promise<void>;
  /** Runtimes in which the check cannot run, with the reason. */
  readonly except?: { readonly [Name in RuntimeName]?: string } | undefined;
}

/** A module, and the rules that it keeps in every runtime. */
export interface Suite {
  readonly entry: URL;
  readonly checks: readonly Check[];
  /** Checks what the runtime wrote to its console. */
  readonly output?: { readonly name: string; run(printed: string): Promise<void> };
}

/** Outcome of one check, with the reason if the check did not hold. */
export interface Outcome {
  /** States the rule. */
  readonly name: string;
  readonly verdict: 'holds' | 'not run' | 'fails';
  readonly reason?: string;
}

const maxCheckMs = 120_000;

/** Starts a runtime, runs all checks of a suite one after the other, and stops the runtime. */
export async function runChecks(
  { name, start }: Runtime,
  { entry, checks, output }: Suite,
): Promise<Outcome[]> {
  await using host = await start(entry);
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    const reason = check.except?.[name];
    if (reason === undefined) outcomes.push(await outcomeOf(check.name, check.run(host)));
    else outcomes.push({ name: check.name, verdict: 'not run', reason });
  }
  if (output) outcomes.push(await outcomeOf(output.name, host.stop().then(output.run)));
  return outcomes;
}

/** A check that does not end is reported as a failure, so that the table names it. */
async function outcomeOf(name: string, run: Promise<void>): Promise<Outcome> {
  const late = Promise.withResolvers<Outcome>();
  const reason = `the check did not end within ${maxCheckMs / 1000} s`;
  const timer = setTimeout(() => late.resolve({ name, verdict: 'fails', reason }), maxCheckMs);
  const outcome = run.then(
    (): Outcome => ({ name, verdict: 'holds' }),
    (error: unknown): Outcome => ({ name, verdict: 'fails', reason: String(error) }),
  );
  return Promise.race([outcome, late.promise]).finally(() => clearTimeout(timer));
}

/** What became of one check: it held, it was not run, or it failed, each of the latter two with the reason. */
export interface Outcome {
  /** States the rule. */
  readonly name: string;
  readonly verdict: 'holds' | 'not run' | 'fails';
  readonly reason?: string;
}

/** Waits for a check, but not for ever, so that one that never ends is named. */
export async function outcomeOf(name: string, run: Promise<void>): Promise<Outcome> {
  const late = Promise.withResolvers<Outcome>();
  const timer = setTimeout(
    () => late.resolve({ name, verdict: 'fails', reason: 'it did not end in 60 s' }),
    60_000,
  );
  const outcome = run.then(
    () => ({ name, verdict: 'holds' as const }),
    (error: unknown) => ({ name, verdict: 'fails' as const, reason: String(error) }),
  );
  return Promise.race([outcome, late.promise]).finally(() => clearTimeout(timer));
}

import { type Check, checks } from './checks.ts';
import { type Mistake, mistakes } from './mistakes.ts';
import { NotSupportedError, type Provider, startTestBed } from './test-bed.ts';

/** How one check went. `not asked`: the provider offers nothing to ask it with. */
export type Verdict = 'passed' | 'failed' | 'not asked';

/** What came of the suite over one provider. */
export interface SuiteRun {
  /** Checks that fail although nothing is wrong with the integration. */
  readonly falseAlarms: readonly string[];
  readonly notAsked: readonly string[];
  /** For each mistake, the first check that fails because of it. */
  readonly exposedBy: { readonly [M in Mistake]: string | undefined };
}

/** Long after every timeout of the integration's. */
const patienceMs = 20_000;

/**
 * Runs the suite over the correct integration, and then over each mistake until a check fails. Only checks that pass
 * over the correct one can expose a mistake: one that always fails says nothing.
 */
export async function runSuite(startProvider: () => Promise<Provider>): Promise<SuiteRun> {
  const verdicts = new Map<Check, Verdict>();
  for (const check of checks) verdicts.set(check, await verdictOf(check, undefined, startProvider));
  const rulesThat = (verdict: Verdict) => checks.filter((check) => verdicts.get(check) === verdict);
  const telling = rulesThat('passed');
  const exposedBy: { [mistake: string]: string | undefined } = {};
  for (const mistake of Object.keys(mistakes) as Mistake[])
    exposedBy[mistake] = await exposing(mistake, telling, startProvider);
  return {
    falseAlarms: rulesThat('failed').map(({ rule }) => rule),
    notAsked: rulesThat('not asked').map(({ rule }) => rule),
    exposedBy: exposedBy as SuiteRun['exposedBy'],
  };
}

async function exposing(
  mistake: Mistake,
  telling: readonly Check[],
  startProvider: () => Promise<Provider>,
): Promise<string | undefined> {
  for (const check of telling)
    if ((await verdictOf(check, mistake, startProvider)) === 'failed') return check.rule;
  return undefined;
}

/** Each check gets a provider and an integration of its own. */
async function verdictOf(
  { run, at }: Check,
  mistake: Mistake | undefined,
  startProvider: () => Promise<Provider>,
): Promise<Verdict> {
  const testBed = await startTestBed(await startProvider(), mistake, at);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('It hangs.')), patienceMs);
  try {
    await Promise.race([run(testBed), late.promise]);
    return 'passed';
  } catch (error) {
    return error instanceof NotSupportedError ? 'not asked' : 'failed';
  } finally {
    clearTimeout(timer);
    await testBed.close();
  }
}

/** The run as a table for people. */
export function formatSuiteRun({ exposedBy, falseAlarms, notAsked }: SuiteRun): string {
  const rows = Object.entries(mistakes).map(
    ([name, what]) =>
      `${exposedBy[name as Mistake] ? '✓' : '✗'} ${what}: ${exposedBy[name as Mistake] ?? 'not exposed'}`,
  );
  const exposed = Object.values(exposedBy).filter((rule) => rule !== undefined).length;
  return [
    ...rows,
    '',
    `${exposed} of ${rows.length} mistakes exposed, ${falseAlarms.length} false alarms, ` +
      `${notAsked.length} of ${checks.length} checks could not be asked.`,
  ].join('\n');
}

import type { Check } from './check.ts';
import { checks } from './checks.ts';
import { type Mistake, mistakes } from './mistakes.ts';
import { NotSupportedError, type Provider, startTestBed } from './test-bed.ts';

/** The outcome of a check. `unsupported`: the provider lacks a capability that the check needs. */
type Outcome = 'passed' | 'failed' | 'unsupported';

/** The result of the suite over one provider. */
export interface SuiteRun {
  /** Checks that fail over the correct integration. */
  readonly falseAlarms: readonly string[];
  readonly unsupported: readonly string[];
  /** For each mistake, the first check that fails because of the mistake. */
  readonly exposedBy: { readonly [M in Mistake]: string | undefined };
}

/** A check that runs longer hangs. No check depends on elapsed time, so a slow machine does not reach this limit. */
const maxCheckMs = 120_000;

/**
 * Runs the suite over the correct integration, and then over each mistake until a check fails. Only a check that passes
 * over the correct integration can expose a mistake.
 */
export async function runSuite(startProvider: () => Promise<Provider>): Promise<SuiteRun> {
  const outcomes = new Map<Check, Outcome>();
  for (const check of checks) outcomes.set(check, await runCheck(check, undefined, startProvider));
  const checksThat = (outcome: Outcome) => checks.filter((check) => outcomes.get(check) === outcome);
  const exposedBy: { [mistake: string]: string | undefined } = {};
  for (const mistake of Object.keys(mistakes) as Mistake[])
    exposedBy[mistake] = await firstFailure(mistake, checksThat('passed'), startProvider);
  return {
    falseAlarms: checksThat('failed').map(({ rule }) => rule),
    unsupported: checksThat('unsupported').map(({ rule }) => rule),
    exposedBy: exposedBy as SuiteRun['exposedBy'],
  };
}

async function firstFailure(
  mistake: Mistake,
  passing: readonly Check[],
  startProvider: () => Promise<Provider>,
): Promise<string | undefined> {
  for (const check of passing)
    if ((await runCheck(check, mistake, startProvider)) === 'failed') return check.rule;
  return undefined;
}

/** Each check has its own provider and integration. */
async function runCheck(
  { run, realm }: Check,
  mistake: Mistake | undefined,
  startProvider: () => Promise<Provider>,
): Promise<Outcome> {
  const testBed = await startTestBed(await startProvider(), mistake, realm);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('The check hangs.')), maxCheckMs);
  try {
    await Promise.race([run(testBed), late.promise]);
    return 'passed';
  } catch (error) {
    return error instanceof NotSupportedError ? 'unsupported' : 'failed';
  } finally {
    clearTimeout(timer);
    await testBed.close();
  }
}

/** Formats the result as a table. */
export function formatSuiteRun({ exposedBy, falseAlarms, unsupported }: SuiteRun): string {
  const rows = Object.entries(mistakes).map(([name, description]) => {
    const rule = exposedBy[name as Mistake];
    return `${rule ? '✓' : '✗'} ${description}: ${rule ?? 'not exposed'}`;
  });
  const exposed = Object.values(exposedBy).filter((rule) => rule !== undefined).length;
  return [
    ...rows,
    '',
    `${exposed} of ${rows.length} mistakes exposed, ${falseAlarms.length} false alarms, ` +
      `${unsupported.length} of ${checks.length} checks not supported.`,
  ].join('\n');
}

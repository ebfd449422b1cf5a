import type { Outcome } from '@partner-ecosystem/runtimes/outcome';
import { canaries } from './canaries.ts';
import type { CheckedRuntime } from './checked-runtime.ts';

/** Runs all checks on a runtime, and adds what only can be seen from outside: what went to its console. */
export async function runOn(runtime: CheckedRuntime, port: number): Promise<Outcome[]> {
  const { outcomes, printed } = await runtime.run(port);
  return [...outcomes, { name: 'the console shows none of it either', ...lookThrough(printed) }];
}

function lookThrough(printed: string): Omit<Outcome, 'name'> {
  if (!printed.includes('ValidationError')) return { verdict: 'fails', reason: 'nothing was printed' };
  const shown = Object.values(canaries).filter((canary) => printed.includes(canary));
  return shown.length === 0 ? { verdict: 'holds' } : { verdict: 'fails', reason: `it shows ${shown}` };
}

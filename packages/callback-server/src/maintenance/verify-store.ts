import type { Finding, StoreUpkeep } from '../store/store-maintenance.ts';

/** What a verification has looked at, and what it found wrong. */
export interface Verification {
  readonly callbacks: number;
  /** Repeats whose bytes differ, and are kept too. */
  readonly receipts: number;
  readonly problems: number;
}

/** Something that is wrong with what is kept. Safe to log. */
export type StoreProblem = Finding & { readonly problem: string };

/**
 * Reads everything that is kept, and holds it against what was noted when it came in.
 *
 * @param onProblem - Told of each thing that is wrong, as it is found.
 */
export async function verifyStore(
  upkeep: StoreUpkeep,
  onProblem: (problem: StoreProblem) => void,
): Promise<Verification> {
  const seen = { callback: 0, receipt: 0, database: 0, problems: 0 };
  for await (const { problem, ...finding } of upkeep.verify()) {
    seen[finding.what] += 1;
    if (problem === undefined) continue;
    seen.problems += 1;
    onProblem({ ...finding, problem });
  }
  return { callbacks: seen.callback, receipts: seen.receipt, problems: seen.problems };
}

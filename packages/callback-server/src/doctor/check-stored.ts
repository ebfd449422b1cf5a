import type { StoreMaintenance } from '../store/store-maintenance.ts';
import type { StoreProblem } from '../store/verify-store.ts';
import { type Finding, failure, ok } from './finding.ts';

const maxMs = 10_000;
/** Ids that a finding names. */
const maxNamed = 5;

/** Reads stored callbacks for at most 10 s, and compares them with the hashes that were taken on receipt. */
export async function checkStored({ verifyFor }: Pick<StoreMaintenance, 'verifyFor'>): Promise<Finding> {
  const found: StoreProblem[] = [];
  const { callbacks, isComplete } = await verifyFor(maxMs, (problem) => found.push(problem));
  const read = isComplete ? `all ${callbacks}` : `the oldest ${callbacks}, as many as 10 s allow,`;
  if (found.length === 0) return ok(`${read} were compared with their hashes`);
  const named = found.slice(0, maxNamed).map(({ id, problem }) => id ?? problem);
  const more = found.length > maxNamed ? ' and others' : '';
  return failure(
    `${found.length} of ${callbacks} are damaged or cannot be decrypted: ${named.join(', ')}${more}. Run verify-store, and restore a backup.`,
  );
}

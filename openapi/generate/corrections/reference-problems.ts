import { type Contract, resolve } from '../contract/contract.ts';
import type { Path } from './changed-parts.ts';
import type { Problem } from './problem.ts';

/** References of a contract that lead to nothing. */
export function referenceProblems(contract: Contract): Problem[] {
  return [...brokenReferences(contract, contract, [])];
}

function* brokenReferences(contract: Contract, value: unknown, path: Path): Generator<Problem> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    if (name === '$ref' && typeof part === 'string' && !exists(contract, part))
      yield { path: [...path, name], reason: `There is nothing at ${part}. Correct the $ref.` };
    // An example may hold anything.
    else if (name !== 'example' && name !== 'value') yield* brokenReferences(contract, part, [...path, name]);
  }
}

function exists(contract: Contract, $ref: string): boolean {
  try {
    return resolve({ ...contract }, { $ref }) !== undefined;
  } catch {
    return false;
  }
}

import type { DamagedCallback } from './damaged-callback.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { WholeCallbackRow } from './engine/read-rows.ts';
import { readWhole } from './read-callback-row.ts';
import { DamagedBodyError } from './received-body.ts';

/** Something wrong with the stored data. Contains no personal data, so it can be logged. */
export interface StoreProblem {
  readonly what: 'callback' | 'database';
  readonly id?: string;
  readonly problem: string;
}

interface VerificationInput {
  /** What the engine found wrong with its own files. */
  readonly databaseProblems: readonly string[];
  readonly callbacks: AsyncIterable<WholeCallbackRow | DamagedCallback>;
  readonly encryption: Encryption;
  readonly onProblem: (problem: StoreProblem) => void;
  /** Reads no further callback after this time of `performance.now()`. @default reads all */
  readonly endsAt?: number;
}

/**
 * Compares everything that is stored with the hashes that were stored on receipt. Resolves to how much was read, and how
 * many problems were found.
 */
export async function verifyStore(input: VerificationInput) {
  const { encryption, endsAt = Number.POSITIVE_INFINITY } = input;
  const counts = { callbacks: 0, problems: 0 };
  const report = (problem: StoreProblem) => {
    counts.problems += 1;
    input.onProblem(problem);
  };
  for (const problem of input.databaseProblems) report({ what: 'database', problem });
  for await (const row of input.callbacks) {
    if (performance.now() > endsAt) return { ...counts, isComplete: false };
    counts.callbacks += 1;
    if (!('id' in row)) {
      report(problemOfDamaged(row));
      continue;
    }
    const problem = await problemOf(() => verifyCallback(row, encryption));
    if (problem !== undefined) report({ what: 'callback', id: row.id, problem });
  }
  return { ...counts, isComplete: true };
}

function problemOfDamaged({ sequence, receipt }: DamagedCallback): StoreProblem {
  if (receipt) return { what: 'callback', id: receipt.id, problem: 'its row is damaged' };
  return {
    what: 'database',
    problem: `the callback with the sequence ${sequence} and its receipts are damaged`,
  };
}

async function problemOf(verify: () => Promise<string | undefined>): Promise<string | undefined> {
  return verify().catch((error: unknown) => {
    if (error instanceof DamagedBodyError) return 'its bytes differ from the received bytes';
    // Only the error's name: its message may quote personal data.
    return `cannot be read: ${error instanceof Error ? error.name : 'unknown'}`;
  });
}

async function verifyCallback(row: WholeCallbackRow, encryption: Encryption): Promise<string | undefined> {
  const isErased = !row.details && !row.body && !row.masked;
  if (isErased) return undefined;
  if (!(await encryption.keyById(row.dataKey))) return 'its key is missing';
  const { body, bodyBytes } = await readWhole(row, encryption);
  const isLength = !body || body.byteLength === bodyBytes;
  return isLength ? undefined : `has ${body.byteLength} bytes instead of ${bodyBytes}`;
}

import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect } from 'vitest';
import type { Engine } from '../databases/database.ts';
import { type FaultTableName, runFaultTable } from '../fault-tables.ts';

/** A slice may take this long on a machine that is busy with everything else. */
export const slow = { timeout: 900_000 };

/** Runs a short slice of a fault table. `npm run callback-server:faults` runs a table at full length. */
export async function runSlice(
  name: FaultTableName,
  cycles: number,
  engine: Engine = 'sqlite',
): Promise<void> {
  const run = { cycles, seed, judgesSpeed: false, onProgress: () => {} };
  const result = await runFaultTable(name, engine, run);
  console.log(`${name} on ${engine}: ${result.summary} (SEED=${seed})`);
  expect(result, `SEED=${seed}`).toMatchObject({ holds: true });
}

import { expect } from 'vitest';
import { faultTables } from '../fault-tables.ts';
import type { Engine } from '../workbench/databases.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

export const onLinux: boolean = process.platform === 'linux';
export const isRoot: boolean = onLinux && process.getuid?.() === 0;

/** What a slice may take on a machine that is busy with everything else. */
export const unhurried = { timeout: 900_000 };

/** A short slice of a fault table. The whole of it: `npm run callback-server:faults`. */
export async function slice(name: string, cycles: number, engine: Engine = 'sqlite'): Promise<void> {
  const figure = await faultTables[name]?.run({ cycles, seed, engine, onProgress: () => {} });
  console.log(`${name} on ${engine}: ${figure?.text} (SEED=${seed})`);
  expect(figure, `SEED=${seed}`).toMatchObject({ holds: true });
}

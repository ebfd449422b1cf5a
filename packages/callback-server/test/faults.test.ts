import { expect, test } from 'vitest';
import { faultTables } from '../faults/fault-tables.ts';
import type { Engine } from '../faults/workbench/databases.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const onLinux = process.platform === 'linux';

/** A short slice of a fault table. The whole of it: `npm run faults`. */
async function slice(name: string, cycles: number, engine: Engine = 'sqlite'): Promise<void> {
  const figure = await faultTables[name]?.run({ cycles, seed, engine });
  console.log(`${name} on ${engine}: ${figure?.text} (SEED=${seed})`);
  expect(figure, `SEED=${seed}`).toMatchObject({ holds: true });
}

test('no acknowledged callback is lost where the server is killed under load', { timeout: 600_000 }, () =>
  slice('kills', 150),
);

test.runIf(onLinux)('no acknowledged callback is lost in a power cut', { timeout: 300_000 }, () =>
  slice('power-cuts', 20),
);

test.runIf(onLinux)(
  'a SQLite that syncs too little is found out by the power cuts',
  { timeout: 300_000 },
  () => slice('power-cuts-unsynced', 10),
);

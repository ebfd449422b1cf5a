import { expect, test } from 'vitest';
import { faultTables } from '../faults/fault-tables.ts';
import type { Engine } from '../faults/workbench/databases.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const onLinux = process.platform === 'linux';
const isRoot = onLinux && process.getuid?.() === 0;

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

test.runIf(onLinux)('every 200 leaves after the sync that covers it', { timeout: 300_000 }, () =>
  slice('sync-order', 500),
);

test.runIf(onLinux)('an answer that leaves before its sync is found out', { timeout: 300_000 }, () =>
  slice('sync-order-unsynced', 50),
);

test.runIf(onLinux)(
  'a failed sync ends the server, and nothing is acknowledged after it',
  {
    timeout: 300_000,
  },
  () => slice('sync-errors', 10),
);

test.runIf(isRoot)(
  'a full disk is answered with 503, and serving goes on when it is freed',
  {
    timeout: 300_000,
  },
  () => slice('disk-full', 10),
);

test('no acknowledged callback is lost where PostgreSQL stops under load', { timeout: 300_000 }, () =>
  slice('postgres-stops', 5),
);

for (const engine of ['sqlite', 'postgres'] as const)
  test(
    `bad inputs over ${engine}: none is fatal, and every authenticated one is kept`,
    {
      timeout: 300_000,
    },
    () => slice('bad-inputs', 5000, engine),
  );

for (const engine of ['sqlite', 'postgres'] as const)
  test(`a person's numbers come out nowhere, and are sealed in ${engine}`, { timeout: 300_000 }, () =>
    slice('canaries', 300, engine),
  );

test('the time of a check does not tell how much of a token is right', { timeout: 300_000 }, () =>
  slice('token-timing', 100_000),
);

test('senders that take for ever are cut off, and hold up nobody', { timeout: 300_000 }, () =>
  slice('slow-senders', 20),
);

import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { createCallbackServer } from '../../packages/callback-server/dist/index.js';
import { openStore } from '../../packages/callback-server/src/store/open-store.ts';
import type { StoreMaintenance } from '../../packages/callback-server/src/store/store-maintenance.ts';
import type { Database, Databases, Engine } from '../../proofs/callback-server/databases/database.ts';
import { openDatabases } from '../../proofs/callback-server/databases/open-databases.ts';
import { exampleCallback, merchantId } from '../../proofs/callback-server/load/example-callback.ts';
import { token } from '../../proofs/callback-server/server/server-process.ts';
import { recordResult } from '../measure/record-result.ts';

const { values } = parseArgs({
  options: {
    callbacks: { type: 'string', default: '100000' },
    purged: { type: 'string', default: '10000' },
    engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
  },
});
const [count, purged] = [Number(values.callbacks), Number(values.purged)];
const masterKeys = [{ id: 'bench', key: Buffer.alloc(32, 'k') }];
const names: Readonly<Record<Engine, string>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

const rows: string[][] = [];
for (const engine of values.engine as Engine[]) {
  const databases = await openDatabases(engine);
  try {
    for (const isEncrypted of [false, true]) {
      const cells = await measure(databases, isEncrypted ? { masterKeys } : {});
      rows.push([`${names[engine]}${isEncrypted ? ', encrypted' : ''}`, ...cells]);
    }
  } finally {
    await databases.remove();
  }
}
const head = ['engine', 'bytes with the body', 'bytes with a masked copy', 'masked/s', 'dropped/s'];
await recordResult(
  'callback-server-stored-size',
  `${count} callbacks of ${exampleCallback(merchantId(0)).length} bytes. Each callback has a merchant of its own, and a handler has taken the callback.\n\n${markdownTable(head, rows)}`,
);

interface Encryption {
  readonly masterKeys?: typeof masterKeys;
}

/** Measures how many bytes a callback takes on disk, and how fast a purge masks and drops callbacks. */
async function measure(databases: Databases, encryption: Encryption): Promise<string[]> {
  const database = await databases.create();
  try {
    await (await createCallbackServer(optionsOf(database, encryption))).stop();
    const empty = await bytesOf(database, databases);
    await fill(database, encryption);
    const full = await bytesOf(database, databases);
    const soon = new Date(Date.now() + 3_600_000);
    const purge = async (batches: (maintenance: StoreMaintenance) => AsyncIterable<number>) => {
      const store = await openStore(database.url, { ...encryption, onFatal: fail });
      const perSecond = await measurePurge(batches(store.maintenance));
      await store.maintenance.compact();
      await store.close();
      return perSecond;
    };
    const maskedPerSecond = await purge((maintenance) => maintenance.maskBodies(soon, () => {}));
    const saved = (full - (await bytesOf(database, databases))) / purged;
    const droppedPerSecond = await purge((maintenance) => maintenance.dropCallbacks(soon, () => {}));
    const bytes = (full - empty) / count;
    return [bytes, bytes - saved, maskedPerSecond, droppedPerSecond].map((figure) => figure.toFixed(0));
  } finally {
    await database.remove();
  }
}

/** Stores callbacks through the receiver, without a network, and waits until the handler has taken all of them. */
async function fill(database: Database, encryption: Encryption): Promise<void> {
  const server = await createCallbackServer(optionsOf(database, encryption));
  let taken = 0;
  server.on('accept', () => {
    taken += 1;
  });
  server.dispatch();
  let sent = 0;
  const send = async () => {
    while (sent < count) {
      const body = exampleCallback(merchantId(sent++));
      const headers = { 'content-type': 'application/json' };
      const post = () => server.app.request(`/callbacks/${token}/accept`, { method: 'POST', body, headers });
      // A busy server may refuse a callback for a time.
      while ((await post()).status !== 200) await sleep(100);
    }
  };
  await Promise.all(Array.from({ length: 32 }, send));
  while (taken < count) await sleep(100);
  await server.stop();
}

function optionsOf({ url }: Database, encryption: Encryption) {
  return { databaseUrl: url, callbackTokens: [token], ...encryption };
}

/** Returns the bytes on disk without free pages. In PostgreSQL, only a rewrite of the tables removes the free pages. */
async function bytesOf({ url, files }: Database, { cluster }: Databases): Promise<number> {
  if (!cluster) return files().reduce((sum, path) => sum + statSync(path).size, 0);
  await cluster.query(url, 'VACUUM FULL');
  const [row] = await cluster.query(url, 'SELECT pg_database_size(current_database()) AS bytes');
  return Number(row?.['bytes']);
}

/** Purges as many callbacks as the option `purged` says. Resolves to the number of callbacks per second. */
async function measurePurge(batches: AsyncIterable<number>): Promise<number> {
  const startedAt = performance.now();
  let changed = 0;
  for await (const rowsChanged of batches) {
    changed += rowsChanged;
    if (changed >= purged) break;
  }
  if (changed !== purged) throw new Error(`${changed} callbacks were purged instead of ${purged}.`);
  return (purged * 1000) / (performance.now() - startedAt);
}

function fail(error: unknown): void {
  throw error;
}

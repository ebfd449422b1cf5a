import { DatabaseSync } from 'node:sqlite';
import { createCallbackServer } from '../../packages/callback-server/dist/index.js';
import { storeStatements } from '../../packages/callback-server/test/support/search-store.ts';
import type { Database, Databases } from '../../proofs/callback-server/databases/database.ts';
import { exampleCallback, merchantId } from '../../proofs/callback-server/load/example-callback.ts';
import { token } from '../../proofs/callback-server/server/server-process.ts';

const batchSize = 100_000;

/** Fills a new database with delivered callbacks of 2.8 KB, and prints how many are stored. */
export async function fillSearch({ cluster }: Databases, { url }: Database, count: number): Promise<void> {
  await (await createCallbackServer({ databaseUrl: url, callbackTokens: [token] })).stop();
  const store = { count, body: exampleCallback(merchantId(0)) };
  const file = cluster ? undefined : new DatabaseSync(url.slice('sqlite:'.length));
  file?.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  for (let first = 1; first <= count; first += batchSize) {
    const last = Math.min(first + batchSize - 1, count);
    const statements = storeStatements(file ? 'sqlite' : 'postgres', store, first, last);
    file?.exec(`BEGIN; ${statements}; COMMIT`);
    await cluster?.query(url, statements);
    console.log(`${last} callbacks are stored.`);
  }
  file?.close();
  await cluster?.query(url, 'VACUUM ANALYZE');
}

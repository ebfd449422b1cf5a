import { DatabaseSync } from 'node:sqlite';
import { createCallbackServer } from '../../../packages/callback-server/dist/index.js';
import { fillStatements } from '../../../packages/callback-server/test/support/backlog.ts';
import type { Database, Databases } from '../../../proofs/callback-server/databases/database.ts';
import { exampleCallback, merchantId } from '../../../proofs/callback-server/load/example-callback.ts';
import { token } from '../../../proofs/callback-server/server/server-process.ts';

/** Fills a new database with callbacks of 2.8 KB that wait for a route, each of a merchant of its own. */
export async function fillBacklog(
  { cluster }: Databases,
  { url }: Database,
  waiting: number,
  route = 'handler',
): Promise<void> {
  await (await createCallbackServer({ databaseUrl: url, callbackTokens: [token] })).stop();
  if (waiting === 0) return;
  const backlog = { waiting, route, body: exampleCallback(merchantId(0)) };
  if (cluster) {
    await cluster.query(url, fillStatements('postgres', backlog));
    await cluster.query(url, 'VACUUM ANALYZE');
    return;
  }
  const file = new DatabaseSync(url.slice('sqlite:'.length));
  file.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  file.exec(`BEGIN; ${fillStatements('sqlite', backlog)}; COMMIT`);
  file.close();
}

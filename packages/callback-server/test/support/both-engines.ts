import { type PostgresCluster, startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { afterAll, beforeAll } from 'vitest';
import { temporaryDatabase } from './running-server.ts';

/** Both engines by name, each with a function that creates an empty database. PostgreSQL runs as long as the tests of the file. */
export function bothEngines() {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster.remove());
  return [
    ['SQLite', async () => `sqlite:${temporaryDatabase()}`],
    ['PostgreSQL', () => cluster.createDatabase()],
  ] as const;
}

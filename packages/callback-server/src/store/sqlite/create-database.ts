import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrateSqlite } from './migrate-sqlite.ts';
import { createPrivateFile } from './private-file.ts';

/**
 * Creates a database whole or not at all, so that its file is never incomplete. A process that is killed meanwhile leaves
 * a file `-new`, which the next process replaces. The first commit to the database also flushes the file's name.
 */
export function createDatabase(path: string, schema: 'main' | 'keys'): void {
  const made = `${path}-new`;
  const remove = () => {
    for (const file of [made, `${made}-journal`]) rmSync(file, { force: true });
  };
  remove();
  createPrivateFile(made);
  try {
    migrate(made, schema);
    renameSync(made, path);
  } catch (error) {
    remove();
    throw error;
  }
}

function migrate(made: string, schema: 'main' | 'keys'): void {
  const database = new DatabaseSync(schema === 'main' ? made : ':memory:');
  try {
    if (schema !== 'main') database.prepare(`ATTACH DATABASE ? AS ${schema}`).run(made);
    // Has an effect before the first table only.
    database.exec(`PRAGMA ${schema}.auto_vacuum = INCREMENTAL`);
    migrateSqlite(database, schema);
  } finally {
    database.close();
  }
}

import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { createSqliteOperations } from './sqlite-operations.ts';
import type { SqliteCall } from './sqlite-requests.ts';

/** Returns a function that performs a call on a database. Claims are held by an id of its own. */
export function createCaller(database: DatabaseSync): (call: SqliteCall) => unknown {
  const operations = createSqliteOperations(database, randomUUID());
  return ({ name, args }) => {
    const operation: (...args: never[]) => unknown = operations[name];
    return operation(...(args as never[]));
  };
}

/** Runs everything or nothing. */
export function inTransaction<Result>(
  database: DatabaseSync,
  begin: 'BEGIN' | 'BEGIN IMMEDIATE',
  run: () => Result,
): Result {
  database.exec(begin);
  try {
    const result = run();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

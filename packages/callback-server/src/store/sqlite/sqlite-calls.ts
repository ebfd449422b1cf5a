import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { StatementError } from '../engine/statement-error.ts';
import { faultOf, SqliteError, toError, toFault } from './sqlite-error.ts';
import { createSqliteOperations } from './sqlite-operations.ts';
import type { SqliteCall } from './sqlite-requests.ts';

/** Returns a function that performs a call on a database. A random id of the function is the holder of its claims. */
export function createCaller(database: DatabaseSync): (call: SqliteCall) => unknown {
  const operations = createSqliteOperations(database, randomUUID());
  return ({ name, args }) => {
    const operation: (...args: never[]) => unknown = operations[name];
    return operation(...(args as never[]));
  };
}

/** What the thread returns for a call whose handler's statement failed, without failing the other calls of its commit. */
export interface FailedStatement {
  /** The code of a `StatementError`. */
  readonly failedWith: string;
}

/** Runs the call of a handler's statements within a transaction. If a statement fails, only this call is undone. */
export function inSavepoint<Result>(database: DatabaseSync, run: () => Result): Result | FailedStatement {
  database.exec('SAVEPOINT handler');
  try {
    const result = run();
    database.exec('RELEASE handler');
    return result;
  } catch (error) {
    const cause = toError(toFault(error));
    // A trigger of the user can roll the whole transaction back.
    if (faultOf(cause) !== 'row' || !database.isTransaction) throw error;
    database.exec('ROLLBACK TO handler; RELEASE handler');
    return {
      failedWith: cause instanceof SqliteError || cause instanceof StatementError ? cause.code : cause.name,
    };
  }
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

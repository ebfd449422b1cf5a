import { UnexpectedValueError } from '../engine/unexpected-value-error.ts';
import { isSqliteDamage, toError, toFault } from './sqlite-error.ts';

/**
 * Runs an operation of a commit that may meet a damaged page. After a damaged page, SQLite refuses to write in the
 * transaction. The operation therefore fails and is undone, and the other operations of its commit are committed.
 *
 * @throws UnexpectedValueError if a page is damaged.
 */
export function undamaged<Result>(operation: () => Result): Result {
  try {
    return operation();
  } catch (error) {
    throw isSqliteDamage(toError(toFault(error))) ? new UnexpectedValueError('callbacks') : error;
  }
}

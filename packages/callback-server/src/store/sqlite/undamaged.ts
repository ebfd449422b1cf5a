import { UnexpectedValueError } from '../engine/unexpected-value-error.ts';
import { isSqliteDamage, toError, toFault } from './sqlite-error.ts';

/**
 * Runs an operation of a commit that may meet a damaged page. SQLite refuses to write in a transaction that has met one, so the
 * whole operation fails and is undone, but no other operation of its commit.
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

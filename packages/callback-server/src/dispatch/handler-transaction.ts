import type { Statement } from '../store/engine/records.ts';

/** Writes that are committed together with the end of a delivery. */
export interface HandlerTransaction {
  /**
   * Adds a statement. The statements run after the handler has returned, in the order in which they were added, in one
   * transaction with the record that the callback was taken: either all are committed, or none. If the handler throws or
   * a statement fails, nothing is committed, and the callback is tried again.
   *
   * @param text - One INSERT, UPDATE, DELETE, REPLACE, SELECT or WITH statement on tables in the server's own database. A
   * text with several statements fails the attempt.
   * @param values - Values of the parameters: `$1`, `$2` for PostgreSQL, `?` for SQLite. SQLite takes a missing value as
   * NULL.
   * @throws TypeError for another statement.
   * @throws Error after the attempt has ended, also if it has timed out.
   */
  run(text: string, ...values: readonly Statement['values'][number][]): void;
}

const allowed = /^\s*(insert|update|delete|replace|select|with)\b/i;

/**
 * Creates the transaction of one attempt. After `end` it takes no more statements.
 *
 * @param signal - Aborts when the attempt times out: what is added then would never be written.
 */
export function createHandlerTransaction(signal: AbortSignal) {
  const statements: Statement[] = [];
  let hasEnded = false;
  const transaction: HandlerTransaction = {
    run: (text, ...values) => {
      if (hasEnded || signal.aborted)
        throw new Error('The attempt has ended: its transaction takes no more statements.');
      if (!allowed.test(text))
        throw new TypeError('The statement must be an INSERT, UPDATE, DELETE, REPLACE, SELECT or WITH.');
      statements.push({ text, values });
    },
  };
  return {
    transaction,
    statements: statements as readonly Statement[],
    end: () => {
      hasEnded = true;
    },
  };
}

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Row } from '../engine/read-rows.ts';
import type { Statement } from '../engine/records.ts';
import { StatementError } from '../engine/statement-error.ts';

export type Values = Readonly<Record<string, SQLInputValue | Date>>;

export type SqliteSession = ReturnType<typeof createSession>;

/** The methods of an engine, without promises: the database thread runs them within a transaction. */
export type Synchronous<Engine> = {
  [Name in keyof Engine]: Engine[Name] extends (...args: infer Args) => Promise<infer Result>
    ? (...args: Args) => Result
    : never;
};

/** Runs prepared statements. Times are bound as milliseconds since 1970. */
export function createSession(database: DatabaseSync) {
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (text: string) => {
    const found = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, found);
    return found;
  };
  return {
    /** Returns the number of changed rows. */
    run: (text: string, values: Values = {}) => Number(statement(text).run(bound(values)).changes),
    /** Returns the sequence of the new row; `undefined` if the row existed already. */
    insert: (text: string, values: Values) => {
      const { changes, lastInsertRowid } = statement(text).run(bound(values));
      return changes === 0 ? undefined : Number(lastInsertRowid);
    },
    one: (text: string, values: Values = {}): Row | undefined => statement(text).get(bound(values)),
    all: (text: string, values: Values = {}): Row[] => statement(text).all(bound(values)),
    /**
     * Runs a statement of a handler once, without caching it.
     *
     * @throws StatementError if the text has several statements: SQLite would run only the first.
     */
    runOnce: ({ text, values }: Statement) => {
      const first = database.prepare(text);
      if (/[^\s;]/.test(text.slice(first.sourceSQL.length))) throw new StatementError('SEVERAL_STATEMENTS');
      first.run(...values);
    },
  };
}

function bound(values: Values): Record<string, SQLInputValue> {
  const bindings: Record<string, SQLInputValue> = {};
  for (const [name, value] of Object.entries(values))
    bindings[name] = value instanceof Date ? value.getTime() : value;
  return bindings;
}

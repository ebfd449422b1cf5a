import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;
export type Values = Record<string, SQLInputValue>;

/** A database, with its statements prepared once each. */
export interface SqliteSession {
  /** How many rows were changed. */
  run(text: string, values?: Values): number;
  /** The sequence of the new row; nothing where the statement found that there was one already. */
  insert(text: string, values: Values): number | undefined;
  one(text: string, values?: Values): Row | undefined;
  all(text: string, values?: Values): Row[];
}

export function createSession(database: DatabaseSync): SqliteSession {
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (text: string) => {
    const found = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, found);
    return found;
  };
  return {
    run: (text, values = {}) => Number(statement(text).run(values).changes),
    insert: (text, values) => {
      const { changes, lastInsertRowid } = statement(text).run(values);
      return changes === 0 ? undefined : Number(lastInsertRowid);
    },
    one: (text, values = {}) => statement(text).get(values),
    all: (text, values = {}) => statement(text).all(values),
  };
}

export function number(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number')
    throw new TypeError('The database holds something else where a number belongs.');
  return value;
}

export function date(value: SQLOutputValue | undefined): Date {
  return new Date(number(value));
}

export function bytes(value: SQLOutputValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array))
    throw new TypeError('The database holds something else where bytes belong.');
  return value;
}

export function bytesOrNull(value: SQLOutputValue | undefined): Uint8Array | null {
  return value === null ? null : bytes(value);
}

export function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

import { UnexpectedValueError } from './unexpected-value-error.ts';

/**
 * A row as a database driver returns it. Both engines use the same column names, but their values differ. SQLite stores
 * times in milliseconds and booleans as 0 or 1. PostgreSQL returns bigints, and times within JSON, as text.
 */
export type Row = Readonly<Record<string, unknown>>;

/** Reads one value, or throws. */
export type Cell<Value> = (value: unknown, column: string) => Value;

type Fields<Cells> = {
  readonly [Name in keyof Cells]: Cells[Name] extends Cell<infer Value> ? Value : never;
};

/** Creates a reader of rows. Each field comes from the column of the same name in snake case. */
export function rowReader<Cells extends Record<string, Cell<unknown>>>(
  cells: Cells,
): (row: Row) => Fields<Cells> {
  const columns = Object.entries(cells).map(([name, read]) => {
    const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return { name, read, column };
  });
  return (row) => {
    const fields: Record<string, unknown> = {};
    for (const { name, read, column } of columns) fields[name] = read(row[column], column);
    // Every field was read by the cell of its name.
    return fields as Fields<Cells>;
  };
}

export const number: Cell<number> = (value, column) => {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  throw new UnexpectedValueError(column);
};

export const date: Cell<Date> = (value, column) => {
  if (value instanceof Date) return value;
  if (typeof value !== 'number' && typeof value !== 'string') throw new UnexpectedValueError(column);
  const read = new Date(value);
  if (Number.isNaN(read.getTime())) throw new UnexpectedValueError(column);
  return read;
};

export const text: Cell<string> = (value, column) => {
  if (typeof value === 'string') return value;
  throw new UnexpectedValueError(column);
};

/** The store writes only these words. */
export const word =
  <Word extends string>(): Cell<Word> =>
  (value, column) =>
    text(value, column) as Word;

export const bytes: Cell<Uint8Array> = (value, column) => {
  if (value instanceof Uint8Array) return value;
  throw new UnexpectedValueError(column);
};

export const nullable =
  <Value>(read: Cell<Value>): Cell<Value | null> =>
  (value, column) =>
    value === null ? null : read(value, column);

export const rows =
  <Value>(read: (row: Row) => Value): Cell<Value[]> =>
  (value, column) => {
    if (!Array.isArray(value)) throw new UnexpectedValueError(column);
    return value.map(read);
  };

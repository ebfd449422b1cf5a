/** A row, as the driver gives it: `bigint` as text. */
export type Row = Record<string, unknown>;

/** Runs a statement, and gives its rows. */
export type Query = (text: string, values?: readonly unknown[]) => Promise<Row[]>;

export function date(value: unknown): Date {
  if (!(value instanceof Date))
    throw new TypeError('The database holds something else where a time belongs.');
  return value;
}

export function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array))
    throw new TypeError('The database holds something else where bytes belong.');
  return value;
}

export function bytesOrNull(value: unknown): Uint8Array | null {
  return value === null ? null : bytes(value);
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

import type { CommitFault } from '../engine/group-commit.ts';

/** An error of SQLite in the form that the database thread sends. */
export interface SqliteFault {
  readonly message: string;
  /** SQLite's extended result code; missing for other errors. */
  readonly errcode?: number;
}

export class SqliteError extends Error {
  override readonly name = 'SqliteError';
  readonly code: string;
  readonly errcode: number | undefined;

  constructor({ message, errcode }: SqliteFault) {
    super(message);
    this.code = errcode === undefined ? 'SQLITE' : `SQLITE_${errcode}`;
    this.errcode = errcode;
  }
}

/** The database thread has ended unexpectedly. */
export class SqliteThreadError extends Error {
  override readonly name = 'SqliteThreadError';
  readonly code = 'SQLITE_THREAD';
}

/** The result code of a file that another process has open. */
export const busyCode = 5;

export function toFault(error: unknown): SqliteFault {
  const message = error instanceof Error ? error.message : String(error);
  const errcode = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return { message, ...(typeof errcode === 'number' && { errcode }) };
}

/** Primary result codes: https://sqlite.org/rescode.html. */
const faults = new Map<number, CommitFault>([
  [busyCode, 'store'], // BUSY
  [7, 'store'], // NOMEM
  [8, 'store'], // READONLY
  [10, 'fatal'], // IOERR, such as a failed flush
  [11, 'fatal'], // CORRUPT
  [13, 'store'], // FULL
  [14, 'store'], // CANTOPEN
  [26, 'fatal'], // NOTADB
]);

export function faultOf(error: unknown): CommitFault {
  if (error instanceof SqliteThreadError) return 'fatal';
  const errcode = error instanceof SqliteError ? error.errcode : undefined;
  return faults.get((errcode ?? 0) & 0xff) ?? 'row';
}

import type { CommitFault } from '../engine/group-commit.ts';

/** An error of SQLite's, as it crosses from the database's thread to ours. */
export interface SqliteFault {
  readonly message: string;
  /** SQLite's extended result code; missing for errors of another kind. */
  readonly errcode?: number;
}

/** What SQLite has refused. */
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

/** The result code of a file that another process has. */
export const heldByAnother = 5;

export function toFault(error: unknown): SqliteFault {
  const message = error instanceof Error ? error.message : String(error);
  const hasCode = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return { message, ...(hasCode && { errcode: error.errcode as number }) };
}

/** Result codes, without what extends them: https://sqlite.org/rescode.html. */
const kinds = new Map<number, CommitFault>([
  [heldByAnother, 'store'], // BUSY
  [7, 'store'], // NOMEM
  [8, 'store'], // READONLY
  [10, 'fatal'], // IOERR, a failed flush among them
  [11, 'fatal'], // CORRUPT
  [13, 'store'], // FULL
  [14, 'store'], // CANTOPEN
  [26, 'fatal'], // NOTADB
]);

/** What an error says of the commits that follow it. */
export function faultOf(error: unknown): CommitFault {
  if (error instanceof SqliteThreadError) return 'fatal';
  const errcode = error instanceof SqliteError ? error.errcode : undefined;
  return kinds.get((errcode ?? 0) & 0xff) ?? 'row';
}

/** The database's thread has ended by itself. */
export class SqliteThreadError extends Error {
  override readonly name = 'SqliteThreadError';
  readonly code = 'SQLITE_THREAD';
}

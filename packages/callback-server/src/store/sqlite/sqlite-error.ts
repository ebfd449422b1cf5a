import type { CommitFault } from '../engine/group-commit.ts';
import { StatementError } from '../engine/statement-error.ts';
import { UnexpectedValueError } from '../engine/unexpected-value-error.ts';
import { StoreFileError, type StoreFileFault } from './store-file-error.ts';

/** An error of the database thread, in the form that the thread sends. */
export interface SqliteFault {
  readonly message: string;
  /** SQLite's extended result code; missing for other errors. */
  readonly errcode?: number;
  /** What happened to a file of the database; missing for other errors. */
  readonly file?: StoreFileFault;
  /** The code of a `StatementError`; missing for other errors. */
  readonly statement?: string;
  /** The column of an `UnexpectedValueError`; missing for other errors. */
  readonly column?: string;
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
export const notADatabaseCode = 26;
export const damagedCode = 11;
export const fullCode = 13;

export function toFault(error: unknown): SqliteFault {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StoreFileError) return { message, file: error.fault };
  if (error instanceof StatementError) return { message, statement: error.code };
  if (error instanceof UnexpectedValueError) return { message, column: error.column };
  const errcode = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return { message, ...(typeof errcode === 'number' && { errcode }) };
}

/** The error that `toFault` described. */
export function toError(fault: SqliteFault): Error {
  if (fault.file) return new StoreFileError(fault.file, fault.message);
  if (fault.column) return new UnexpectedValueError(fault.column);
  return fault.statement ? new StatementError(fault.statement) : new SqliteError(fault);
}

/** The code of SQLite for IOERR_SHMSIZE. */
export const indexTooSmall = 4874;

/** Primary result codes: https://sqlite.org/rescode.html. */
const faults = new Map<number, CommitFault>([
  [busyCode, 'store'], // BUSY
  [7, 'store'], // NOMEM
  [8, 'fatal'], // READONLY: another program changed the file or its file system
  [10, 'fatal'], // IOERR, such as a failed flush
  [damagedCode, 'fatal'], // CORRUPT
  [fullCode, 'store'], // FULL
  [14, 'store'], // CANTOPEN
  [notADatabaseCode, 'fatal'], // NOTADB
]);

export function faultOf(error: unknown): CommitFault {
  if (error instanceof SqliteThreadError || error instanceof StoreFileError) return 'fatal';
  // A full disk has no room for the index of the log. The commit was undone, and nothing is unknown.
  if (error instanceof SqliteError && error.errcode === indexTooSmall) return 'store';
  return faults.get(primaryCodeOf(error)) ?? 'row';
}

/** Whether a page of a file is damaged, or cannot be read from the disk: IOERR_READ, IOERR_SHORT_READ. */
export function isSqliteDamage(error: unknown): boolean {
  if (!(error instanceof SqliteError)) return false;
  return primaryCodeOf(error) === damagedCode || error.errcode === 266 || error.errcode === 522;
}

/** SQLite's result code without its extension; 0 for other errors. */
export function primaryCodeOf(error: unknown): number {
  return (toFault(error).errcode ?? 0) & 0xff;
}

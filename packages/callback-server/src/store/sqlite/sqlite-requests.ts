import type { StoreAccess } from '../engine/store-options.ts';
import type { SqliteFault } from './sqlite-error.ts';
import type { SqliteOperations } from './sqlite-operations.ts';

/** The files that a thread opens. */
export interface SqliteFiles {
  readonly path: string;
  /** The file of the data keys, if there is encryption. */
  readonly keysPath: string | undefined;
  readonly access: StoreAccess;
  /** A reader cannot write, and needs a database that a writer has opened. */
  readonly role: 'writer' | 'reader';
}

/** A call of an operation. The sender has matched the name and the arguments. */
export interface SqliteCall {
  readonly name: keyof SqliteOperations;
  readonly args: readonly unknown[];
}

export type SqliteRequest =
  /** Runs one operation that only reads. */
  | { readonly type: 'read'; readonly call: SqliteCall }
  /** Runs operations that write, in one transaction. */
  | { readonly type: 'commit'; readonly calls: readonly SqliteCall[] }
  /** Gives some free pages back to the disk. Responds whether free pages are left. */
  | { readonly type: 'vacuum' }
  /** Makes a checkpoint and truncates the log. Responds whether no reader prevented that. */
  | { readonly type: 'compact' }
  | { readonly type: 'close' };

/** A request with the number that its response carries. */
export interface NumberedRequest {
  readonly id: number;
  readonly request: SqliteRequest;
}

export type SqliteResponse =
  | { readonly id: number; readonly result: unknown }
  /** A fault without an id belongs to no request: it is the fault of a checkpoint, or of a file. */
  | { readonly id?: number; readonly fault: SqliteFault };

/** Handles requests on one connection. */
export interface RequestHandler {
  readonly handle: (request: SqliteRequest) => unknown;
  /** Called after the response, so that this commit's callbacks do not wait. */
  readonly afterCommit?: () => void;
}

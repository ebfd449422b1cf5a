/** What another program did to a file of a running server. */
export type StoreFileFault =
  /** The file is deleted or renamed. */
  | 'missing'
  /** Another file has its path. */
  | 'replaced'
  | 'truncated'
  /** Another program has written the file. */
  | 'changed'
  | 'read-only';

const problems: Readonly<Record<StoreFileFault, string>> = {
  missing: 'was deleted or renamed',
  replaced: 'was replaced by another file',
  truncated: 'was truncated',
  changed: 'was changed by another program',
  'read-only': 'was made read-only',
};

/** Another program changed a file of the database while the server used it, so that commits could be lost. */
export class StoreFileError extends Error {
  override readonly name = 'StoreFileError';
  readonly code: string;
  readonly fault: StoreFileFault;

  constructor(fault: StoreFileFault, message: string) {
    super(message);
    this.fault = fault;
    this.code = `STORE_FILE_${fault.toUpperCase().replace('-', '_')}`;
  }
}

export function storeFileError(fault: StoreFileFault, path: string): StoreFileError {
  return new StoreFileError(
    fault,
    `${path} ${problems[fault]} while the server used it. Restore the file that DATABASE_URL names, and restart.`,
  );
}

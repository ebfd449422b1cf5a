import { closeSync, openSync } from 'node:fs';

/**
 * Creates a missing file for its owner only, because it will contain personal data. SQLite gives its other files the
 * same mode. An existing file is not opened: the kernel drops all locks of this process on a file when the process
 * closes any descriptor of the file.
 */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

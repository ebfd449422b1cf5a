import { readFileSync } from 'node:fs';

/**
 * Reads a UTF-8 file of the operator. Some editors begin such files with a byte order mark, which is no part of the text.
 *
 * @throws Error if the file cannot be read.
 */
export function readTextFile(path: string): string {
  return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
}

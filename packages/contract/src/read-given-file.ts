import { readFile } from 'node:fs/promises';

/**
 * Reads a file that the user has named.
 *
 * @throws Error that names the file, if the file cannot be read.
 */
export function readGivenFile(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${path} cannot be read (${error.code}). Give the path of a file, from this folder.`);
  });
}

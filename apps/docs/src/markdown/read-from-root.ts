import { readFile } from 'node:fs/promises';

const root = new URL('../../../../', import.meta.url);

/** Reads a file by its path from the root of the repository. */
export function readFromRoot(path: string): Promise<string> {
  return readFile(new URL(path, root), 'utf8');
}

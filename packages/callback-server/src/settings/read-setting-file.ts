import { readTextFile } from '../files/read-text-file.ts';

/** @throws Error that completes the name of a setting, if the file cannot be read. */
export function readSettingFile(path: string): string {
  try {
    return readTextFile(path);
  } catch {
    throw new Error('must be the path of a file that this process can read.');
  }
}

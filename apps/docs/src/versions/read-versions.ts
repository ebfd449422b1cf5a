import { readdir } from 'node:fs/promises';

/**
 * The released versions whose docs are in a folder, the newest first. Each version has a folder of its name.
 *
 * @throws Error if a name in the folder is not a version.
 */
export async function readVersions(folder: string | undefined): Promise<string[]> {
  const names = folder === undefined ? [] : await readdir(folder);
  const wrong = names.find((name) => !/^\d+\.\d+\.\d+$/.test(name));
  if (wrong !== undefined)
    throw new Error(`${folder} has ${wrong}, which is not a version. Put only folders such as 1.2.3 there.`);
  return names.toSorted((left, right) => right.localeCompare(left, 'en', { numeric: true }));
}

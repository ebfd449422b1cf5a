import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths of the files that differ between two folders, or that only one folder has. */
export async function differences(left: string, right: string): Promise<string[]> {
  const [first, second] = await Promise.all([hashes(left), hashes(right)]);
  const names = new Set([...first.keys(), ...second.keys()]);
  return [...names].filter((name) => first.get(name) !== second.get(name)).sort();
}

async function hashes(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const hash = createHash('sha256')
          .update(await readFile(file))
          .digest('hex');
        return [file.slice(folder.length), hash] as const;
      }),
    ),
  );
}

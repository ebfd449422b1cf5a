import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Changes every HTML page in a folder.
 *
 * @param change - Gets a page, and the page's path in the folder, such as `statuses/index.html`.
 */
export async function changePages(
  folder: string,
  change: (page: string, path: string) => string,
): Promise<void> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.html'));
  for (const path of paths) {
    const file = join(folder, path);
    await writeFile(file, change(await readFile(file, 'utf8'), path));
  }
}

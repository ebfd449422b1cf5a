import { readdir, readFile } from 'node:fs/promises';
import { type Page, parsePage } from './page.ts';

const folder = new URL('../content/docs/', import.meta.url);

/** Reads the pages that are written by hand. A page's slug is its path without the ending. */
export async function readWrittenPages(): Promise<Page[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(
    names.map(async (name) =>
      parsePage(name.slice(0, -'.md'.length), await readFile(new URL(name, folder), 'utf8')),
    ),
  );
}

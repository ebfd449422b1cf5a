import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPages } from '../markdown/create-pages.ts';
import { buildReference } from '../reference/build-reference.ts';
import { buildPages, type SiteBuild } from './build-pages.ts';
import { withSecurityPolicy } from './with-security-policy.ts';

/** Builds the whole site: pages, reference, and the files for programs. */
export async function buildSite(target: SiteBuild): Promise<void> {
  const pages = await createPages(target.base);
  await buildPages(pages, target);
  await mkdir(join(target.folder, 'reference'), { recursive: true });
  await writeFile(join(target.folder, 'reference/index.html'), await buildReference());
  await protectPages(target.folder);
}

/** Gives each page its security policy. */
async function protectPages(folder: string): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'));
  for (const name of names) {
    const file = join(folder, name);
    await writeFile(file, withSecurityPolicy(await readFile(file, 'utf8')));
  }
}

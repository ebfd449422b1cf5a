import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildReference } from '../reference/build-reference.ts';
import { buildPages, type SiteBuild } from './build-pages.ts';
import { findBrokenLinks } from './check-links.ts';
import { createPages } from './create-pages.ts';
import { mendMarkup } from './mend-markup.ts';
import { withSecurityPolicy } from './with-security-policy.ts';
import { writeProgramFiles } from './write-program-files.ts';

/**
 * Builds the whole site: pages, reference, and the files for programs.
 *
 * @throws Error that lists the links that lead nowhere.
 */
export async function buildSite(target: SiteBuild): Promise<void> {
  const [pages, reference] = await Promise.all([createPages(target.base), buildReference()]);
  await buildPages(pages, target);
  await changePages(target.folder, mendMarkup);
  await mkdir(join(target.folder, 'reference'), { recursive: true });
  await writeFile(join(target.folder, 'reference/index.html'), reference);
  await changePages(target.folder, withSecurityPolicy);
  await writeProgramFiles(pages, target);
  const broken = await findBrokenLinks(target.folder, target.base);
  if (broken.length > 0)
    throw new Error(
      `Links lead nowhere:\n${broken.map(({ page, link }) => `  ${page} → ${link}`).join('\n')}`,
    );
}

async function changePages(folder: string, change: (page: string) => string): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'));
  for (const name of names) {
    const file = join(folder, name);
    await writeFile(file, change(await readFile(file, 'utf8')));
  }
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildReference } from '../reference/build-reference.ts';
import { readVersions } from '../versions/read-versions.ts';
import { buildPages, type SiteBuild } from './build-pages.ts';
import { changePages } from './change-pages.ts';
import { findBrokenLinks } from './check-links.ts';
import { createPages } from './create-pages.ts';
import { mendMarkup } from './mend-markup.ts';
import { placeVersions } from './place-versions.ts';
import { withSecurityPolicy } from './with-security-policy.ts';
import { writeProgramFiles } from './write-program-files.ts';

/**
 * Builds the whole site: pages, reference, the files for programs, and the docs of released versions.
 *
 * @throws Error that lists the links that lead nowhere.
 */
export async function buildSite(target: SiteBuild): Promise<void> {
  const versions = await readVersions(target.versions);
  const [pages, reference] = await Promise.all([createPages(target.base, versions), buildReference()]);
  await buildPages(pages, target);
  await changePages(target.folder, mendMarkup);
  const folder = join(target.folder, 'reference');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.html'), reference.page);
  await writeFile(join(folder, reference.script.name), reference.script.code);
  await changePages(target.folder, withSecurityPolicy);
  await writeProgramFiles(pages, target);
  await placeVersions(target);
  const broken = await findBrokenLinks(target.folder, target.base);
  if (broken.length > 0)
    throw new Error(
      `These links lead nowhere. Correct each link, or its target:\n${broken.map(({ page, link }) => `  ${page} → ${link}`).join('\n')}`,
    );
}

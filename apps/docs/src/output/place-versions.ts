import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { markVersion } from '../versions/mark-version.ts';
import { readVersions } from '../versions/read-versions.ts';
import { redirectPage } from '../versions/redirect-page.ts';
import type { SiteBuild } from './build-pages.ts';
import { changePages } from './change-pages.ts';

/**
 * Puts the docs of released versions below `v/` of the newest site. Each page says which version it describes, and names
 * the newest page of the same path as canonical.
 */
export async function placeVersions({ folder, base, origin, versions }: SiteBuild): Promise<void> {
  if (versions === undefined) return;
  const newest = new Set(await readdir(folder, { recursive: true }));
  for (const version of await readVersions(versions)) {
    const place = join(folder, 'v', version);
    await cp(join(versions, version), place, { recursive: true });
    await changePages(place, (page, path) => {
      const canonical = newest.has(path) ? path : `v/${version}/${path}`;
      const address = origin && origin + base + canonical.replace(/index\.html$/, '');
      return markVersion(page, { version, newestHome: base, canonical: address });
    });
    // A reference of its own would be as large as all pages of the version. The newest list of versions has every version.
    await writePage(join(place, 'reference/index.html'), redirectPage('../operations/', 'Operations'));
    await writePage(join(place, 'versions/index.html'), redirectPage(`${base}versions/`, 'Versions'));
  }
}

async function writePage(file: string, page: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, page);
}

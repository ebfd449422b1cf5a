import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSite } from '../src/output/build-site.ts';

/** Builds the docs of a release as the release workflow does: for the version's place, and without the reference. */
export async function buildOlderVersion(versions: string, version: string, base: string): Promise<void> {
  const folder = join(versions, version);
  await buildSite({ folder, base: `${base}v/${version}/` });
  await rm(join(folder, 'reference'), { recursive: true });
}

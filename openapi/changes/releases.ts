import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { Bundle } from './release-check.ts';
import { compareVersions } from './version.ts';

const folder = new URL('../releases/', import.meta.url);

/** The bundle of the last release; `undefined` before the first release. */
export async function lastRelease(): Promise<Bundle | undefined> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const version = names
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted(compareVersions)
    .at(-1);
  return version === undefined ? undefined : (JSON.parse(await readFile(fileOf(version), 'utf8')) as Bundle);
}

/** Saves a bundle as the release of its version, formatted with one value per line for readable diffs. */
export async function saveRelease(bundle: Bundle): Promise<void> {
  await writeFile(fileOf(bundle.info.version), `${JSON.stringify(bundle, null, 2)}\n`);
}

function fileOf(version: string): URL {
  return new URL(`${version}.json`, folder);
}

import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleContract } from '../generate/bundle-contract.ts';
import { normalForm } from '../generate/contract/normal-form.ts';
import { changelogSection, writeSection } from './changelog.ts';
import { type Bundle, checkRelease, explainFailure } from './release-check.ts';
import { lastRelease, saveRelease } from './releases.ts';

const { values: options } = parseArgs({
  options: { write: { type: 'boolean', default: false }, release: { type: 'boolean', default: false } },
});

const contract = await bundleSources();
const release = await lastRelease();
const problem = release ? await compareWith(release) : await startReleases();
if (problem) {
  console.error(problem);
  process.exitCode = 1;
}

/** Bundles the contract's files into one document. Leaves `dist/` alone, because other tasks may be reading it. */
async function bundleSources(): Promise<Bundle> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'contract-'));
  return normalForm(await bundleContract(pathToFileURL(`${folder.path}/`)));
}

async function compareWith(release: Bundle): Promise<string | undefined> {
  const check = checkRelease(release, contract);
  const section = changelogSection(check);
  console.log(section);
  if (!check.passes) return explainFailure(check);
  // The changelog already has the section of the released version.
  if (check.version === check.released) return undefined;
  if (options.write || options.release) await writeSection(section);
  if (options.release) await saveRelease(contract);
  return undefined;
}

async function startReleases(): Promise<string | undefined> {
  if (!options.release)
    return 'There is no release yet. Make the contract the first release: npm run contract:diff -- --release';
  await writeSection(`## ${contract.info.version}\n\nThe first release.`);
  await saveRelease(contract);
  return undefined;
}

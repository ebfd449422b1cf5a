import { parseArgs } from 'node:util';
import { bundleAsItStands } from './bundle-sources.ts';
import { changelogSection, firstSection, writeSection } from './changelog.ts';
import { type Bundle, explainRefusal, judgeContract } from './release-check.ts';
import { keepRelease, lastRelease } from './releases.ts';

const { values: wanted } = parseArgs({
  options: { write: { type: 'boolean', default: false }, release: { type: 'boolean', default: false } },
});

const contract = await bundleAsItStands();
const release = await lastRelease();
const refusal = release ? await compare(release) : await begin();
if (refusal) {
  console.error(refusal);
  process.exitCode = 1;
}

async function compare(release: Bundle): Promise<string | undefined> {
  const verdict = judgeContract(release, contract);
  const section = changelogSection(verdict);
  console.log(section);
  if (!verdict.passes) return explainRefusal(verdict);
  // The section of a release that nothing has changed since is the one it was released with.
  if (verdict.version === verdict.released) return undefined;
  if (wanted.write || wanted.release) await writeSection(section);
  if (wanted.release) await keepRelease(contract);
  return undefined;
}

async function begin(): Promise<string | undefined> {
  if (!wanted.release)
    return 'Nothing was released yet. Keep the contract as the first release: npm run contract:diff -- --release';
  await writeSection(firstSection(contract.info.version));
  await keepRelease(contract);
  return undefined;
}

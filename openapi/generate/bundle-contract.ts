import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { redocly } from '@partner-ecosystem/redocly';
import type { Contract } from './contract/contract.ts';
import type { Overlay } from './corrections/apply-overlay.ts';
import { correctContract } from './corrections/correct-contract.ts';
import { ownRules } from './corrections/own-rules.ts';
import { readOverlay } from './corrections/read-overlay.ts';

const source = new URL('../', import.meta.url);

/**
 * Bundles the contract's files into `openapi.json`, and applies the corrections.
 *
 * @throws Error if the kit cannot follow a correction.
 */
export async function bundleContract(dist: URL): Promise<Contract> {
  const output = new URL('openapi.json', dist);
  await redocly(
    ['bundle', 'partner', '--config', 'redocly.yaml', '--output', fileURLToPath(output)],
    fileURLToPath(source),
  );
  const contract = JSON.parse(await readFile(output, 'utf8')) as Contract;
  await assertFileNames(contract);
  const corrections = await readCorrections();
  const corrected = correctContract(contract, corrections);
  // Without white space: people read the YAML files, and the package stays small.
  await writeFile(output, JSON.stringify(corrected));
  if (corrections.length > 0) await lintCorrected(output);
  return corrected;
}

/** Reads the overlays in `overlays/corrections/`, in the order of their file names. */
async function readCorrections(): Promise<Overlay[]> {
  const folder = new URL('overlays/corrections/', source);
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => readOverlay(name, await readFile(new URL(name, folder), 'utf8'))),
  );
}

async function lintCorrected(output: URL): Promise<void> {
  const skipped = ownRules.flatMap((rule) => ['--skip-rule', rule]);
  await redocly(
    ['lint', fileURLToPath(output), '--config', 'redocly.yaml', ...skipped],
    fileURLToPath(source),
  );
}

/**
 * Throws if the bundler renamed a component. The bundler renames a component if two names clash, and this would
 * rename exported types.
 */
async function assertFileNames(contract: Contract): Promise<void> {
  for (const [kind, components] of Object.entries(contract.components)) {
    const folder = kind === 'examples' ? 'examples/' : `components/${kind}/`;
    const files = new Set(await readdir(new URL(folder, source)));
    const renamed = Object.keys(components).filter((name) => !files.has(`${name}.yaml`));
    if (renamed.length > 0)
      throw new Error(
        `The bundle has ${kind} that have no file in ${folder}: ${renamed.join(', ')}. Give each file a unique name.`,
      );
  }
}

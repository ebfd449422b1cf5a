import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { redocly } from '@partner-ecosystem/redocly';
import type { Contract } from './contract.ts';
import { type Correction, readCorrections } from './corrections.ts';

const source = new URL('../../', import.meta.url);

/** Bundles the contract's files into `openapi.json`, and applies the corrections. */
export async function bundleContract(dist: URL): Promise<Contract> {
  const output = new URL('openapi.json', dist);
  const contract = await bundle(output, []);
  await assertFileNames(contract);

  await using corrections = await readCorrections();
  if (corrections.list.length === 0) return contract;
  return await applyCorrections(output, contract, corrections.list);
}

async function bundle(output: URL, overlays: string[]): Promise<Contract> {
  const options = overlays.flatMap((overlay) => ['--overlay', overlay]);
  await redocly(
    ['bundle', 'partner', '--config', 'redocly.yaml', '--output', fileURLToPath(output), ...options],
    fileURLToPath(source),
  );
  return JSON.parse(await readFile(output, 'utf8')) as Contract;
}

/** Applies one action at a time, because Redocly reports no error for a target that matches nothing. */
async function applyCorrections(
  output: URL,
  contract: Contract,
  corrections: Correction[],
): Promise<Contract> {
  let corrected = contract;
  for (const [index, { overlay, target }] of corrections.entries()) {
    const before = JSON.stringify(corrected);
    const overlays = corrections.slice(0, index + 1).map(({ file }) => file);
    corrected = await bundle(output, overlays);
    if (JSON.stringify(corrected) === before)
      throw new Error(
        `In ${overlay}, the action on ${target} changes nothing. Check its target against dist/openapi.json.`,
      );
  }
  await redocly(['lint', fileURLToPath(output), '--config', 'redocly.yaml'], fileURLToPath(source));
  return corrected;
}

/** Throws if the bundler renamed a component. A clash of names does that, and would rename exported types. */
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

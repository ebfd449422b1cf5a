import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { redocly } from '@partner-ecosystem/redocly';
import type { Contract } from './contract.ts';
import { type Correction, readCorrections } from './corrections.ts';

const source = new URL('../../', import.meta.url);

/** Joins the contract's files into `openapi.json`, under the names their files have, and applies the corrections. */
export async function bundleContract(dist: URL): Promise<Contract> {
  const output = new URL('openapi.json', dist);
  const contract = await bundle(output, []);
  await refuseRenamedComponents(contract);

  await using corrections = await readCorrections();
  if (corrections.list.length === 0) return contract;
  return await applyCorrections(output, contract, corrections.list);
}

async function bundle(output: URL, overlays: string[]): Promise<Contract> {
  const file = fileURLToPath(output);
  const corrections = overlays.flatMap((overlay) => ['--overlay', overlay]);
  await redocly(
    ['bundle', 'partner', '--config', 'redocly.yaml', '--output', file, ...corrections],
    fileURLToPath(source),
  );
  return JSON.parse(await readFile(output, 'utf8')) as Contract;
}

/** One action after the other: Redocly passes over a target that matches nothing, and nobody would notice. */
async function applyCorrections(
  output: URL,
  contract: Contract,
  corrections: Correction[],
): Promise<Contract> {
  let corrected = contract;
  for (const [at, { overlay, target }] of corrections.entries()) {
    const before = JSON.stringify(corrected);
    corrected = await bundle(
      output,
      corrections.slice(0, at + 1).map(({ file }) => file),
    );
    if (JSON.stringify(corrected) === before)
      throw new Error(
        `In ${overlay}, the action on ${target} changes nothing. Check its target against dist/openapi.json.`,
      );
  }
  await redocly(['lint', fileURLToPath(output), '--config', 'redocly.yaml'], fileURLToPath(source));
  return corrected;
}

/** The bundler renames on a clash of names, and so would rename the types of everyone who imports them. */
async function refuseRenamedComponents(contract: Contract): Promise<void> {
  for (const [kind, components] of Object.entries(contract.components)) {
    const folder = kind === 'examples' ? 'examples/' : `components/${kind}/`;
    const files = new Set(await readdir(new URL(folder, source)));
    const renamed = Object.keys(components).filter((name) => !files.has(`${name}.yaml`));
    if (renamed.length > 0)
      throw new Error(
        `The bundle holds ${kind} without a file of that name in ${folder}: ${renamed.join(', ')}.`,
      );
  }
}

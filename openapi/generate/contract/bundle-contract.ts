import { mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { redocly } from '@partner-ecosystem/redocly';
import { parse } from 'yaml';
import type { Contract } from './contract.ts';
import { normalForm } from './normal-form.ts';

const source = new URL('../../', import.meta.url);

/** Bundles the contract's files into `openapi.json`, and applies the corrections. */
export async function bundleContract(dist: URL): Promise<Contract> {
  const output = new URL('openapi.json', dist);
  const contract = await bundle(output, []);
  await assertFileNames(contract);
  const corrected = await applyCorrections(output, contract);
  // Without white space: people read the YAML files, and the package stays small.
  await writeFile(output, JSON.stringify(corrected));
  return normalForm(corrected);
}

async function bundle(output: URL, overlays: string[]): Promise<Contract> {
  const options = overlays.flatMap((overlay) => ['--overlay', overlay]);
  await redocly(
    ['bundle', 'partner', '--config', 'redocly.yaml', '--output', fileURLToPath(output), ...options],
    fileURLToPath(source),
  );
  return JSON.parse(await readFile(output, 'utf8')) as Contract;
}

/**
 * Applies the overlays of the integrator, in order of their file names. Applies one action at a time, because Redocly
 * reports no error for a target that matches nothing.
 */
async function applyCorrections(output: URL, contract: Contract): Promise<Contract> {
  await using temporary = await mkdtempDisposable(join(tmpdir(), 'corrections-'));
  const overlays: string[] = [];
  let corrected = contract;
  for (const { name, head, action } of await readActions()) {
    const overlay = join(temporary.path, `${overlays.length}.yaml`);
    await writeFile(overlay, JSON.stringify({ ...head, actions: [action] }));
    overlays.push(overlay);
    const before = JSON.stringify(corrected);
    corrected = await bundle(output, overlays);
    if (JSON.stringify(corrected) === before)
      throw new Error(
        `In ${name}, the action on ${action.target} changes nothing. Check its target against dist/openapi.json.`,
      );
  }
  if (overlays.length > 0)
    // The table of facts is ours. A correction has its own source.
    await redocly(
      ['lint', fileURLToPath(output), '--config', 'redocly.yaml', '--skip-rule', 'partner/agrees-with-facts'],
      fileURLToPath(source),
    );
  return corrected;
}

/** Reads the actions of all overlays in `overlays/corrections/`, each with the rest of its overlay. */
async function readActions() {
  const folder = new URL('overlays/corrections/', source);
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const overlays = names.map(async (name) => {
    const overlay: { actions?: { target: string }[] } = parse(await readFile(new URL(name, folder), 'utf8'));
    const { actions, ...head } = overlay;
    return (actions ?? []).map((action) => ({ name, head, action }));
  });
  return (await Promise.all(overlays)).flat();
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

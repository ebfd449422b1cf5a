import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Contract } from './contract.ts';

const source = new URL('../', import.meta.url);
const redocly = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');

/** Joins the contract's files into `openapi.json`, under the names their files have. */
export async function bundleContract(dist: URL): Promise<Contract> {
  const output = new URL('openapi.json', dist);
  await promisify(execFile)(
    process.execPath,
    [redocly, 'bundle', '--config', 'redocly.yaml', 'partner', '--output', fileURLToPath(output)],
    { cwd: fileURLToPath(source), env: { ...process.env, REDOCLY_TELEMETRY: 'off' } },
  );
  const contract = JSON.parse(await readFile(output, 'utf8')) as Contract;
  await refuseRenamedComponents(contract);
  return contract;
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

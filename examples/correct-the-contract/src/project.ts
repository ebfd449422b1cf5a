import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const scope = '@partner-ecosystem';
/** The command, from the folder of a project. */
export const command = `node_modules/${scope}/contract/bin/partner-contract.js`;
/** The packages that read the contract when they run. */
const readers = { client: 'client', mocks: 'mocks', 'callback-server': 'callback-server' };
const compilerOptions = {
  target: 'es2024',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  types: ['node'],
};

/** Turns a folder into a project with the kit of this repository, as built. */
export async function linkProject(folder: string): Promise<void> {
  await writePrograms(folder, {});
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, scope), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== scope) await symlink(join(root, 'node_modules', name), join(modules, name));
  for (const name of Object.values(readers))
    for (const part of ['dist', 'package.json'])
      await cp(join(root, 'packages', name, part), join(modules, scope, name, part), { recursive: true });
  await symlink(join(root, 'packages/contract'), join(modules, scope, 'contract'));
  // The project selects the folder that the command writes, like a project after its first correction.
  const contract = join(folder, 'partner-contract');
  for (const part of ['dist', 'package.json'])
    await cp(join(root, 'openapi', part), join(contract, part), { recursive: true });
  await cp(join(contract, 'dist/openapi.json'), join(contract, 'dist/uncorrected.json'));
  await symlink(contract, join(modules, scope, 'openapi'));
}

/** Turns a folder into a project that installs the kit from tarballs. */
export async function installProject(folder: string, tarballs: string): Promise<void> {
  const packed = (await readdir(tarballs)).filter((name) => name.endsWith('.tgz'));
  const kit = packed.map((file) => [
    file.replace(/^partner-ecosystem-(.+)-\d+\.\d+\.\d+\.tgz$/, `${scope}/$1`),
    `file:${join(tarballs, file)}`,
  ]);
  await writePrograms(folder, { '@types/node': '24.19.2', ...Object.fromEntries(kit) });
  await npmInstall(folder);
  // After this first correction, the project selects the folder that each further correction replaces.
  const overlay = 'corrections/property/my.overlay.yaml';
  await promisify(execFile)(process.execPath, [command, 'apply', overlay, '--write'], { cwd: folder });
  await npmInstall(folder);
}

async function npmInstall(folder: string): Promise<void> {
  await promisify(execFile)('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], {
    cwd: folder,
  });
}

/** The programs of the corrections, and the parts of the docs that describe the contract. */
async function writePrograms(folder: string, dependencies: object): Promise<void> {
  const manifest = { private: true, type: 'module', dependencies };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
  await cp(join(root, 'examples/correct-the-contract/corrections'), join(folder, 'corrections'), {
    recursive: true,
  });
  const programs = ['each-operation/src', 'guides/src', 'any-language/onboard.py', 'any-language/onboard.sh'];
  const docs = ['apps/docs/src', 'openapi/generate', 'openapi/runtime'].concat(
    programs.map((part) => `examples/${part}`),
  );
  for (const part of docs) await cp(join(root, part), join(folder, 'site', part), { recursive: true });
}

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Check, copiedPackages } from './checks.ts';
import type { Mutant } from './create-mutants.ts';

/** The repository. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url));

export type ContractCopy = Awaited<ReturnType<typeof createContractCopy>>;

/** Creates a copy of the contract and of the packages that are derived from it. Mutants are tested in the copy. */
export async function createContractCopy() {
  const copy = await mkdtemp(join(tmpdir(), 'contract-copy-'));
  for (const folder of Object.values(copiedPackages))
    await cp(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (source) => !source.includes('node_modules') && !source.endsWith('openapi/dist'),
    });
  for (const shared of ['package.json', 'tsconfig.base.json', 'vitest.config.ts'])
    await cp(join(root, shared), join(copy, shared));
  await linkModules(copy);

  return {
    path: copy,
    /** Writes the mutant's file, runs the checks, and restores the file. Returns the first check that fails. */
    killedBy: async ({ file, content }: Mutant, checks: readonly Check[]) => {
      const path = join(copy, copiedPackages.openapi, file);
      const original = await readFile(path);
      await writeFile(path, content);
      try {
        for (const { name, folders, args } of checks)
          for (const folder of folders) if (!(await passes(copy, folder, args))) return name;
        return undefined;
      } finally {
        await writeFile(path, original);
      }
    },
    [Symbol.asyncDispose]: () => rm(copy, { recursive: true }),
  };
}

/** Links every installed module, and the copies instead of the packages that were copied. */
async function linkModules(copy: string): Promise<void> {
  const installed = join(root, 'node_modules');
  const modules = join(copy, 'node_modules');
  const scope = '@partner-ecosystem';
  await mkdir(join(modules, scope), { recursive: true });
  for (const name of await readdir(installed))
    if (name !== scope) await symlink(join(installed, name), join(modules, name));
  // A package may need another version of a module than the root has.
  for (const folder of Object.values(copiedPackages)) {
    const own = join(root, folder, 'node_modules');
    if (existsSync(own)) await symlink(own, join(copy, folder, 'node_modules'));
  }
  const copies = new Map<string, string>(Object.entries(copiedPackages));
  for (const name of await readdir(join(installed, scope))) {
    const folder = copies.get(name);
    await symlink(folder ? join(copy, folder) : join(installed, scope, name), join(modules, scope, name));
  }
}

function passes(copy: string, folder: string, [program = '', ...args]: readonly string[]): Promise<boolean> {
  const file = program.startsWith('node_modules/') ? join(copy, program) : program;
  const options = {
    cwd: join(copy, folder),
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', NODE_OPTIONS: '' },
    timeout: 900_000,
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, ...args], options, (error) => {
      // A check that ran out of time says nothing about the mutant.
      if (error?.killed) reject(error);
      else resolve(error === null);
    });
  });
}

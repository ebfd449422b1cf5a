import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fault } from './seed-faults.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = { openapi: 'openapi', client: 'packages/client', mocks: 'packages/mocks' };

/** Somebody who may notice a mistake, and what they are asked. */
export interface Watcher {
  readonly name: string;
  /** Folder within the copy, and the command to run there with Node; it notices by failing. */
  readonly checks: readonly { readonly folder: string; readonly args: readonly string[] }[];
}

const vitest = (...more: string[]) => ['node_modules/vitest/vitest.mjs', 'run', ...more];
const tsc = ['node_modules/typescript/bin/tsc', '-p', '.'];

/** In the order of what they cost. */
export const watchers: readonly Watcher[] = [
  {
    name: 'lint',
    checks: [
      {
        folder: packages.openapi,
        args: ['node_modules/@redocly/cli/bin/cli.js', 'lint', '--config', 'redocly.yaml'],
      },
    ],
  },
  { name: 'build', checks: [{ folder: packages.openapi, args: ['generate/build.ts'] }] },
  {
    name: 'own tests',
    checks: [
      {
        folder: packages.openapi,
        args: vitest('classification', 'contract.test', 'documented', 'examples', 'validators', 'quality'),
      },
    ],
  },
  {
    name: 'types',
    checks: [
      { folder: packages.client, args: tsc },
      { folder: packages.mocks, args: tsc },
    ],
  },
  {
    name: 'client, sandbox, workflows',
    checks: [
      { folder: packages.mocks, args: vitest() },
      { folder: packages.client, args: vitest() },
    ],
  },
  { name: 'change gate', checks: [{ folder: packages.openapi, args: ['changes/contract-diff.ts'] }] },
];

/** A copy of the contract and of what is derived from it, to make mistakes in. */
export interface Workbench {
  /** The first of the watchers to notice a mistake; nothing where none does. */
  noticedBy(fault: Fault, asked: readonly Watcher[]): Promise<string | undefined>;
  remove(): Promise<void>;
}

export async function layOut(): Promise<Workbench> {
  const copy = await mkdtemp(join(tmpdir(), 'faults-'));
  for (const folder of Object.values(packages))
    await cp(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (source) => !source.includes('node_modules') && !source.endsWith('openapi/dist'),
    });
  for (const shared of ['tsconfig.base.json', 'vitest.config.ts'])
    await cp(join(root, shared), join(copy, shared));
  await linkModules(copy);

  return {
    noticedBy: async ({ file, content }, asked) => {
      const path = join(copy, packages.openapi, file);
      const original = await readFile(path);
      await writeFile(path, content);
      try {
        for (const { name, checks } of asked)
          for (const { folder, args } of checks) if (!(await passes(copy, folder, args))) return name;
        return undefined;
      } finally {
        await writeFile(path, original);
      }
    },
    remove: () => rm(copy, { recursive: true }),
  };
}

/** All that is installed, but with the copies in the place of our own packages. */
async function linkModules(copy: string): Promise<void> {
  const modules = join(copy, 'node_modules');
  await mkdir(join(modules, '@partner-ecosystem'), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== '@partner-ecosystem') await symlink(join(root, 'node_modules', name), join(modules, name));
  for (const [name, folder] of Object.entries(packages))
    await symlink(join(copy, folder), join(modules, '@partner-ecosystem', name));
}

function passes(copy: string, folder: string, args: readonly string[]): Promise<boolean> {
  const [program = '', ...rest] = args;
  const file = program.startsWith('node_modules/') ? join(copy, program) : program;
  const options = {
    cwd: join(copy, folder),
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', NODE_OPTIONS: '' },
    timeout: 300_000,
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, ...rest], options, (error) => {
      // A check that was not given the time to end has noticed nothing.
      if (error?.killed) reject(error);
      else resolve(error === null);
    });
  });
}

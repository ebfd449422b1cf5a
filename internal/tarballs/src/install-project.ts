import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A project of a stranger, without our packages. */
export interface InstalledProject {
  /** The project's folder in the folder of all projects. */
  readonly folder: string;
  /** The type of modules in the project's manifest. */
  readonly type: 'module' | 'commonjs';
  /** Other packages that the project installs, with their versions. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Files that the docs show: names in the project, and paths in this repository. */
  readonly documented?: Readonly<Record<string, string>>;
}

const repository = new URL('../../../', import.meta.url);

/** The configuration of Jest that the docs show. Each project with Jest and CommonJS uses this file. */
export const documentedJestConfig = {
  'jest.config.js': 'packages/client/test/consumers/frameworks/jest-common-js/jest.config.js',
};

/** Installs the tarballs and the other packages of a project into a folder. */
export async function installProject(
  { folder, type, dependencies, documented = {} }: InstalledProject,
  projects: URL,
  tarballs: Readonly<Record<string, string>>,
  into: string,
): Promise<void> {
  await cp(new URL(folder, projects), into, { recursive: true });
  for (const [name, path] of Object.entries(documented))
    await cp(new URL(path, repository), `${into}/${name}`);
  const files = Object.fromEntries(Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]));
  const manifest = { private: true, type, dependencies: { ...files, ...dependencies } };
  await writeFile(`${into}/package.json`, JSON.stringify(manifest));
  await promisify(execFile)('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: into });
}

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
}

/** Installs the tarballs and the other packages of a project into a folder. */
export async function installProject(
  { folder, type, dependencies }: InstalledProject,
  projects: URL,
  tarballs: Readonly<Record<string, string>>,
  into: string,
): Promise<void> {
  await cp(new URL(folder, projects), into, { recursive: true });
  const files = Object.fromEntries(Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]));
  const manifest = { private: true, type, dependencies: { ...files, ...dependencies } };
  await writeFile(`${into}/package.json`, JSON.stringify(manifest));
  await promisify(execFile)('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: into });
}

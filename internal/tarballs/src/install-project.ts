import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Project } from './projects.ts';

/** Installs the tarballs and the other packages of a project into an empty folder. */
export async function installProject(
  { folder, type, dependencies }: Project,
  tarballs: Readonly<Record<string, string>>,
  into: string,
): Promise<void> {
  await cp(fileURLToPath(new URL(`projects/${folder}`, import.meta.url)), into, { recursive: true });
  const files = Object.fromEntries(Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]));
  const manifest = { private: true, type, dependencies: { ...files, ...dependencies } };
  await writeFile(`${into}/package.json`, JSON.stringify(manifest));
  await promisify(execFile)('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: into });
}

import { execFile } from 'node:child_process';
import { mkdtempDisposable, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Limits of what an install of one package may bring. */
export const limits = {
  '@partner-ecosystem/client': { packages: 2, bytes: 15_000_000 },
  '@partner-ecosystem/callback-server': { packages: 37, bytes: 15_000_000 },
} as const;

export interface Installed {
  readonly packages: number;
  readonly bytes: number;
}

/** Installs one package from the tarballs into an empty folder, without its optional peers, and counts what arrived. */
export async function countInstalled(
  name: string,
  tarballs: Readonly<Record<string, string>>,
): Promise<Installed> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'install-'));
  const overrides = Object.fromEntries(
    Object.entries(tarballs)
      .filter(([other]) => other !== name)
      .map(([other, path]) => [other, `file:${path}`]),
  );
  const manifest = { private: true, dependencies: { [name]: `file:${tarballs[name]}` }, overrides };
  await writeFile(join(folder.path, 'package.json'), JSON.stringify(manifest));
  await promisify(execFile)('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], {
    cwd: folder.path,
  });
  const { packages } = JSON.parse(await readFile(join(folder.path, 'package-lock.json'), 'utf8')) as {
    packages: object;
  };
  const files = await readdir(join(folder.path, 'node_modules'), { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile() && file.name !== '.package-lock.json')
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  return { packages: Object.keys(packages).filter((path) => path !== '').length, bytes };
}

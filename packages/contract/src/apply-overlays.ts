import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { correctContract } from '../../../openapi/generate/corrections/correct-contract.ts';
import { readOverlay } from '../../../openapi/generate/corrections/read-overlay.ts';
import { derivePackage } from '../../../openapi/generate/derive-package.ts';
import { readInstalledContract } from './installed-contract.ts';
import { lintContract } from './lint-contract.ts';
import { readGivenFile } from './read-given-file.ts';

/** What to apply, and where to write the corrected contract. */
export interface Application {
  /** The folder of the project's `package.json`. */
  readonly project: string;
  /** Paths of the overlays, applied in this order. */
  readonly overlays: readonly string[];
  /** The folder of the corrected contract. */
  readonly folder: string;
  /** The version of this package. */
  readonly version: string;
}

/**
 * Writes a package with the project's contract, corrected by the overlays. The package is written only if the whole
 * kit can follow the correction.
 *
 * @throws Error if an overlay cannot be applied, or if the folder holds something else.
 */
export async function applyOverlays({ project, overlays, folder, version }: Application): Promise<void> {
  await assertReplaceable(folder);
  const installed = await readInstalledContract(project, version);
  const read = overlays.map(async (path) => readOverlay(path, await readGivenFile(path)));
  const corrected = correctContract(installed.contract, await Promise.all(read));

  const draft = await mkdtemp(`${folder}.draft-`).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `${folder} cannot be written (${error.code}). With --to, give a folder whose parent folder exists and is writable.`,
    );
  });
  const dist = join(draft, 'dist');
  try {
    await copyPackage(installed.folder, draft);
    await writeFile(join(dist, 'openapi.json'), JSON.stringify(corrected));
    await lintContract(join(dist, 'openapi.json'));
    await derivePackage(corrected, pathToFileURL(`${dist}/`));
    await writeFile(join(dist, 'uncorrected.json'), JSON.stringify(installed.contract));
    await rm(folder, { recursive: true, force: true });
    // Only its owner may read a temporary folder, but containers and build servers run as other users.
    await chmod(draft, 0o755);
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Throws if the folder has other content, because this content would be lost. */
async function assertReplaceable(folder: string): Promise<void> {
  if (!existsSync(folder) || existsSync(join(folder, 'dist/uncorrected.json'))) return;
  if (!(await stat(folder)).isDirectory())
    throw new Error(`${folder} is a file. Give another folder with --to.`);
  if ((await readdir(folder)).length > 0)
    throw new Error(
      `${folder} holds something other than a corrected contract. Give another folder with --to.`,
    );
}

/** Copies a package without what is derived from the contract. */
async function copyPackage(source: string, target: string): Promise<void> {
  const kept = (path: string) => {
    const [top, second] = relative(source, path).split(sep);
    return top !== 'node_modules' && (top !== 'dist' || second === undefined || second === 'runtime');
  };
  await cp(source, target, { recursive: true, filter: kept });
  // npm installs the development packages of a folder, and runs its scripts.
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const { scripts: _, devDependencies: __, ...shipped } = manifest;
  await writeFile(
    join(target, 'package.json'),
    `${JSON.stringify({ ...shipped, private: true }, undefined, 2)}\n`,
  );
}

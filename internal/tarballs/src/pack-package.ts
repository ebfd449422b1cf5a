import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type PublishedPackage, root } from './published-packages.ts';

/** A packed package. */
export interface Tarball {
  readonly path: string;
  readonly bytes: number;
  /** Paths in the package. */
  readonly files: readonly string[];
}

/** Packs a built package, and writes the tarball into a folder. `prepack` does not run: it would build again. */
export async function packPackage({ folder }: PublishedPackage, destination: string): Promise<Tarball> {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: join(root, folder) });
  const [packed] = Object.values(JSON.parse(stdout) as Readonly<Record<string, PackOutput>>);
  if (packed === undefined) throw new Error(`npm pack printed no tarball for ${folder}: ${stdout}`);
  return {
    path: join(destination, packed.filename),
    bytes: packed.size,
    files: packed.files.map(({ path }) => path),
  };
}

interface PackOutput {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root: string = fileURLToPath(new URL('../../../', import.meta.url));

/** What we read of the manifest of a package. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, ExportTarget>>;
  readonly bin?: Readonly<Record<string, string>>;
}

type ExportTarget = string | { readonly types: string; readonly default?: string };

/** A package that npm users install. */
export interface PublishedPackage {
  /** Path from the root of the repository. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Largest size of the tarball, in bytes: a stranger's first impression, and the cost of each install. */
  readonly maxBytes: number;
}

/** In the order of their dependencies. */
export const publishedPackages: readonly PublishedPackage[] = [
  { folder: 'openapi', maxBytes: 100_000 },
  { folder: 'packages/contract', maxBytes: 40_000 },
  { folder: 'packages/client', maxBytes: 60_000 },
  { folder: 'packages/mocks', maxBytes: 200_000 },
  { folder: 'packages/callback-server', maxBytes: 180_000 },
].map((entry) => ({ ...entry, manifest: readManifest(entry.folder) }));

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8')) as Manifest;
}

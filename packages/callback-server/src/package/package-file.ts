import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** By the name of the package, so that source and build find the same files from folders of different depth. */
const manifest = createRequire(import.meta.url).resolve('@partner-ecosystem/callback-server/package.json');

/** The URL of a file or folder of this package, by its path in the package. */
export function packageFile(path: string): URL {
  return new URL(path, pathToFileURL(manifest));
}

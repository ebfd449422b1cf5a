import type { Tarball } from './pack-package.ts';
import type { PublishedPackage } from './published-packages.ts';

const required = ['LICENSE', 'README.md', 'package.json'];
const unwanted = /(^|\/)(src|test|generate|generated|node_modules)\/|\.tsbuildinfo$|\.map$/;

/** What a stranger would miss in a tarball, or should not find there. */
export function findProblems({ manifest, maxBytes }: PublishedPackage, { bytes, files }: Tarball): string[] {
  const named = [...Object.values(manifest.exports), ...Object.values(manifest.bin ?? {})]
    .flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)))
    .map((path) => path.replace('./', ''));
  return [
    ...(bytes > maxBytes ? [`The tarball has ${bytes} bytes, more than ${maxBytes}.`] : []),
    ...required.filter((path) => !files.includes(path)).map((path) => `${path} is missing.`),
    ...named.filter((path) => !isPacked(path, files)).map((path) => `No file for ${path} is packed.`),
    ...files.filter((path) => unwanted.test(path)).map((path) => `${path} is packed, but nobody uses it.`),
  ];
}

/** Whether a path, which may hold one star, leads to a packed file. */
function isPacked(path: string, files: readonly string[]): boolean {
  const [before = '', after] = path.split('*');
  if (after === undefined) return files.includes(path);
  return files.some((file) => file.startsWith(before) && file.endsWith(after));
}

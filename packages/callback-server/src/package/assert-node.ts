import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.ts';

/** @throws Error naming the versions that work, if this Node is so old that our code would fail with an error of its own. */
export function assertNode(): void {
  if ('withResolvers' in Promise) return;
  const { engines } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as {
    engines: { node: string };
  };
  throw new Error(
    `The callback server needs Node ${engines.node}, but this is Node ${process.versions.node}. Install one of them.`,
  );
}

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root: string = fileURLToPath(new URL('../../../', import.meta.url));

/** Paths of the files that git tracks or would add, from the root of the repository. */
export function repositoryFiles(...patterns: readonly string[]): readonly string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...patterns];
  const paths = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n');
  return [...new Set(paths)].filter((path) => path !== '' && existsSync(join(root, path)));
}

export function readRepositoryFile(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

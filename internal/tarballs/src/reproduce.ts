import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './published-packages.ts';

// `npm run reproduce -w @partner-ecosystem/tarballs` packs two new clones of the last commit, without any cache, and fails
// unless the tarballs are the same in every byte.
const [first, second] = [await packClone(), await packClone()];
const names = [...new Set([...first.keys(), ...second.keys()])];
for (const name of names) {
  const isSame = first.get(name) === second.get(name);
  console.log(`${name}: ${isSame ? `the same, sha256 ${first.get(name)}` : 'DIFFERS'}`);
  if (!isSame) process.exitCode = 1;
}
if (names.length === 0) throw new Error('The clones packed no tarball.');

/** Resolves to the hash of each tarball, by its name. */
async function packClone(): Promise<ReadonlyMap<string, string>> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'clone-'));
  const env = { ...process.env, TURBO_CACHE: 'local:', TURBO_FORCE: 'true' };
  const run = (program: string, ...args: readonly string[]) =>
    promisify(execFile)(program, args, { cwd: folder.path, env, maxBuffer: 100 * 2 ** 20 });
  await run('git', 'clone', '--quiet', root, '.');
  await run('npm', 'ci');
  await run('npm', 'run', 'pack:all');
  const packed = join(folder.path, 'packed');
  const hashes = (await readdir(packed)).sort().map(async (name) => {
    const content = await readFile(join(packed, name));
    return [name, createHash('sha256').update(content).digest('hex')] as const;
  });
  return new Map(await Promise.all(hashes));
}

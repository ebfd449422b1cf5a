import { mkdir, mkdtempDisposable, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { findProblems } from './find-problems.ts';
import { lintTarball } from './lint-tarball.ts';
import { packPackage } from './pack-package.ts';
import { publishedPackages, root } from './published-packages.ts';

// `npm run pack:all` packs every published package into the folder `packed`, and checks each tarball. `npm run lint` only
// checks.
await using temporary = await mkdtempDisposable(join(tmpdir(), 'tarballs-'));
const isLint = process.argv[2] === '--check';
const destination = isLint ? temporary.path : resolve(root, 'packed');
if (!isLint) await rm(destination, { recursive: true, force: true });
await mkdir(destination, { recursive: true });

const rows: string[][] = [];
for (const published of publishedPackages) {
  const { name, version } = published.manifest;
  const tarball = await packPackage(published, destination);
  const problems = [...findProblems(published, tarball), ...(await lintTarball(tarball))];
  for (const problem of problems) console.error(`${name}: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  rows.push([`${name}@${version}`, `${tarball.bytes}`, `${published.maxBytes}`, `${tarball.files.length}`]);
}
console.log(markdownTable(['tarball', 'bytes', 'at most', 'files'], rows));
if (!isLint) console.log(`\nThe tarballs are in ${destination}.`);

import { existsSync } from 'node:fs';
import { mkdtempDisposable, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { installProject, linkProject } from './project.ts';
import { type Proof, proveCorrection, roomNames } from './prove-correction.ts';

// `npm run corrections` proves each correction in a project with the kit as built. With a folder of tarballs, such as
// `-- ../../packed`, the project is empty and installs the tarballs. Any other argument selects a correction by its name.
const given = process.argv.slice(2);
const tarballs = given.find((each) => each.includes('/'));
const selected = given.filter((each) => each !== tarballs);

const folder = fileURLToPath(new URL('../corrections', import.meta.url));
const all = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
const names = all.map(({ name }) => name).filter((name) => selected.length === 0 || selected.includes(name));

await using project = await mkdtempDisposable(join(tmpdir(), 'corrections-'));
if (tarballs === undefined) await linkProject(project.path);
else await installProject(project.path, resolve(tarballs));

const proofs: [string, Proof][] = [];
for (const name of names) proofs.push([name, await proveCorrection(project.path, name)]);
console.log(
  markdownTable(
    ['correction', ...roomNames],
    proofs.map(([name, proof]) => [name, ...roomNames.map((room) => cellOf(name, proof[room]))]),
  ),
);
for (const [name, proof] of proofs)
  for (const room of roomNames) {
    if (isProven(name, proof[room])) continue;
    console.error(`\n${name}, ${room}: ${proof[room]}`);
    process.exitCode = 1;
  }

/** A correction with a `rooms.ts` has to work. The kit has to refuse every other correction. */
function isProven(name: string, result: string): boolean {
  return existsSync(join(folder, name, 'rooms.ts')) ? result === 'works' : result.startsWith('refused: ');
}

function cellOf(name: string, result: string): string {
  return isProven(name, result) ? result.replace(/: .*/, '') : 'FAILS';
}

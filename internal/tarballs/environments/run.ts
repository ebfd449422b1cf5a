import { type ExecFileException, execFile } from 'node:child_process';
import { cp, mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findChromium } from '@partner-ecosystem/browser';
import { installRuntimes } from '@partner-ecosystem/runtimes';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { installProject } from '../src/install-project.ts';
import { packPackage } from '../src/pack-package.ts';
import { publishedPackages } from '../src/published-packages.ts';
import { type Cell, checks, type Environment, environments, transports } from './environments.ts';

// `npm run environments -w @partner-ecosystem/tarballs` installs the packed sandbox in each environment, and prints what
// works there. An argument limits the run to the environments whose names contain it.

const projects = new URL('projects/', import.meta.url);
const cells = transports.flatMap((transport) => checks.map((check): Cell => `${transport} ${check}`));

await installRuntimes();
await using work = await mkdtempDisposable(join(tmpdir(), 'environments-'));
const tarballs: Record<string, string> = {};
for (const published of publishedPackages.filter(({ folder }) => /openapi|mocks/.test(folder)))
  tarballs[published.manifest.name] = (await packPackage(published, work.path)).path;

const wanted = environments.filter(({ name }) => name.includes(process.argv[2] ?? ''));
const rows: string[][] = [];
for (const environment of wanted) {
  const { lines, printed } = await runEnvironment(environment);
  const outcomes = cells.map((cell) => outcomeOf(cell, environment, lines));
  if (outcomes.includes('FAILS')) console.error(`${environment.name}:\n${printed}`);
  rows.push([environment.name, ...outcomes]);
}
console.log(markdownTable(['environment', ...cells], rows));
for (const { name, uploads, without = {} } of wanted) {
  if (uploads) console.log(`${name}, uploads with ${uploads.library} only: ${uploads.reason}`);
  for (const [cell, reason] of Object.entries(without)) console.log(`${name}, ${cell}: ${reason}`);
}
if (rows.flat().includes('FAILS')) process.exitCode = 1;

/** @returns What the project printed, and the lines of its file `cells`: each cell that works, and with which libraries. */
async function runEnvironment(environment: Environment) {
  await using folder = await mkdtempDisposable(join(work.path, 'project-'));
  const { commands, node = process.execPath, uploads } = environment;
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env['PATH']}`,
    CHROMIUM_PATH: await findChromium(),
    CI: '1',
    ...(uploads && { UPLOADS_WITH: uploads.library }),
  };
  let printed = '';
  try {
    await cp(new URL('shared', projects), folder.path, { recursive: true });
    await installProject(environment, projects, tarballs, folder.path);
    for (const command of commands) {
      const { stdout, stderr } = await promisify(execFile)(node, command, { cwd: folder.path, env });
      printed += stdout + stderr;
    }
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as ExecFileException;
    printed += `${stdout}${stderr}${message}`;
  }
  const lines = (await readFile(join(folder.path, 'cells'), 'utf8').catch(() => '')).split('\n');
  return { lines, printed };
}

function outcomeOf(cell: Cell, { without = {} }: Environment, lines: readonly string[]): string {
  const line = lines.find((each) => each.startsWith(`${cell}: `));
  return line?.slice(cell.length + 2) ?? (cell in without ? '—' : 'FAILS');
}

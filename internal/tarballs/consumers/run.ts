import { execFile } from 'node:child_process';
import { mkdtempDisposable, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { installRuntimes, nodes } from '@partner-ecosystem/runtimes';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { installProject } from '../src/install-project.ts';
import { packPackage } from '../src/pack-package.ts';
import { publishedPackages } from '../src/published-packages.ts';
import { countInstalled, limits } from './count-installed.ts';
import { type Project, projects } from './projects.ts';

// `npm run consumers -w @partner-ecosystem/tarballs` installs the tarballs into empty projects, and runs each project on
// every Node that the packages support. An argument limits the run to the projects whose names contain it.

await installRuntimes();
await using work = await mkdtempDisposable(join(tmpdir(), 'consumers-'));
const tarballs: Record<string, string> = {};
for (const published of publishedPackages)
  tarballs[published.manifest.name] = (await packPackage(published, work.path)).path;

/** Limits of a newcomer's first test: its time, with packages in npm's cache, and the lines of its body. */
const limitsOfFirstTest = { seconds: 60, lines: 10 };
let firstTest: { readonly seconds: number; readonly lines: number } | undefined;

const wanted = projects.filter(({ name }) => name.includes(process.argv[2] ?? ''));
const rows: string[][] = [];
for (const project of wanted) rows.push([project.name, ...(await runOnEveryNode(project))]);
console.log(markdownTable(['project', ...nodes.map(({ name }) => name)], rows));
const cells = rows.flatMap(([, ...outcomes]) => outcomes);
const works = cells.filter((outcome) => outcome === 'works').length;
console.log(`\n${works} of ${cells.length} work.`);
if (firstTest !== undefined) {
  const { seconds, lines } = firstTest;
  console.log(
    `From an empty folder to the accepted merchant: ${seconds.toFixed(1)} s (at most ${limitsOfFirstTest.seconds} s), with a test of ${lines} lines (at most ${limitsOfFirstTest.lines}).`,
  );
  if (seconds > limitsOfFirstTest.seconds || lines > limitsOfFirstTest.lines) process.exitCode = 1;
}
if (works < cells.length) process.exitCode = 1;

if (process.argv[2] === undefined) {
  const installs: string[][] = [];
  for (const [name, limit] of Object.entries(limits)) {
    const { packages, bytes } = await countInstalled(name, tarballs);
    installs.push([name, `${packages}`, `${limit.packages}`, `${bytes}`, `${limit.bytes}`]);
    if (packages > limit.packages || bytes > limit.bytes) process.exitCode = 1;
  }
  console.log(`\n${markdownTable(['install', 'packages', 'at most', 'bytes', 'at most'], installs)}`);
}

async function runOnEveryNode(project: Project): Promise<string[]> {
  await using folder = await mkdtempDisposable(join(work.path, `${project.folder}-`));
  const outcomes: string[] = [];
  const startedAt = performance.now();
  try {
    await installProject(project, new URL('projects/', import.meta.url), tarballs, folder.path);
    for (const { executable } of nodes) {
      outcomes.push(await runProject(project, folder.path, executable));
      if (project.name === 'Vitest' && outcomes.length === 1)
        firstTest = {
          seconds: (performance.now() - startedAt) / 1000,
          lines: await countTestLines(join(folder.path, 'accept-merchant.test.js')),
        };
    }
  } catch (error) {
    outcomes.push(...nodes.map(() => reasonOf(project, error)));
  }
  return outcomes;
}

/** Counts the lines between the first and the last line of a test. */
async function countTestLines(path: string): Promise<number> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.indexOf('});') - lines.findIndex((line) => line.startsWith('test(')) - 1;
}

async function runProject(
  { commands, prints, ...project }: Project,
  cwd: string,
  node: string,
): Promise<string> {
  const path = `${dirname(node)}${delimiter}${process.env['PATH']}`;
  const npx = join(dirname(process.env['npm_execpath'] ?? ''), 'npx-cli.js');
  const env = {
    ...process.env,
    PATH: path,
    NPX_CLI: npx,
    NODE_ENV: undefined,
    NEXT_TELEMETRY_DISABLED: '1',
    CI: '1',
  };
  await rm(join(cwd, 'callbacks.db'), { force: true });
  let printed = '';
  try {
    for (const command of commands)
      ({ stdout: printed } = await promisify(execFile)(node, command, { cwd, env, timeout: 900_000 }));
  } catch (error) {
    return reasonOf({ commands, prints, ...project }, error);
  }
  return printed.includes(prints) ? 'works' : 'prints something else';
}

function reasonOf({ name }: Project, error: unknown): string {
  const {
    stdout = '',
    stderr = '',
    message,
  } = error as { stdout?: string; stderr?: string; message: string };
  console.error(`${name} FAILS\n${stdout}${stderr || message}`);
  return 'fails';
}

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { checkRecordings } from './check-recordings.ts';
import { assertWritable, readManifest } from './project-manifest.ts';
import { type Manifest, selectedIn, selectionOf, useCorrected } from './use-corrected.ts';

const usage = `Usage: partner-contract apply my.overlay.yaml [more.overlay.yaml] [--to partner-contract] [--write]
       partner-contract check recorded.har [more.har]

apply  corrects the contract of the Partner Ecosystem API in this project, for its client, sandbox and callback server
check  compares recorded traffic with this contract, and prints each kind of drift as one line of JSON

  --to       folder of the corrected contract; commit the folder
  --write    changes package.json so that all packages use the folder
  --help     shows this help
  --version  shows the version

The exit code is 1 if a recording has drift, and 2 for an error.`;

try {
  await run();
} catch (error) {
  console.error(`partner-contract: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
      to: { type: 'string', default: 'partner-contract' },
      write: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  if (values.version) return console.log(version);
  const [command, ...files] = positionals;
  if (command === undefined) throw new Error(`Give a command.\n\n${usage}`);
  if (command !== 'apply' && command !== 'check')
    throw new Error(`Unknown command "${command}". Use apply or check.\n\n${usage}`);
  if (files.length === 0) throw new Error(`Give ${command} a file.\n\n${usage}`);
  const project = process.cwd();
  if (command === 'check') await check(project, files, version);
  else await apply(project, files, version, values);
}

async function apply(
  project: string,
  overlays: readonly string[],
  version: string,
  { to, write }: { readonly to: string; readonly write: boolean },
): Promise<void> {
  const file = join(project, 'package.json');
  const { text, manifest } = await readManifest(file);
  if (write) await assertWritable(file);
  // Only this command needs the compilers that derive a package. Loading them takes about a second.
  const { applyOverlays } = await import('./apply-overlays.ts');
  const folder = resolve(project, to);
  await applyOverlays({ project, overlays, folder, version });
  const path = relative(project, folder).split(sep).join('/');
  console.log(`Wrote the corrected contract to ${path}.`);
  if (write) await select(file, text, manifest, path);
  else {
    const entries = JSON.stringify(selectionOf(manifest, path), undefined, 2);
    console.log(`Add these entries to package.json, or use --write. Then run npm install.\n\n${entries}`);
  }
}

async function check(project: string, files: readonly string[], version: string): Promise<void> {
  const manifest = join(project, 'package.json');
  if (existsSync(manifest)) await readManifest(manifest);
  for (const { file, known, unknown, drifts } of await checkRecordings(project, files, version)) {
    for (const drift of drifts) console.log(JSON.stringify(drift));
    console.error(
      `${file}: ${known} exchanges of the contract, ${unknown} others, ${drifts.length} kinds of drift.`,
    );
    if (drifts.length > 0) process.exitCode = 1;
  }
}

/** Makes the packages of the project use the folder. */
async function select(file: string, text: string, manifest: Manifest, folder: string): Promise<void> {
  const [, indent = '  '] = /^\{\r?\n([ \t]+)/.exec(text) ?? [];
  await writeFile(file, `${JSON.stringify(useCorrected(manifest, folder), undefined, indent)}\n`);
  const before = selectedIn(manifest);
  const replaced = before === undefined ? '' : ` in place of ${before}`;
  console.log(`package.json now selects the folder${replaced}. Run npm install.`);
}

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { codeBlocks } from './written-pages.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const samples = codeBlocks.flatMap((block) => {
  const [, path = '', region] = /region="([^"#]+)(?:#([^"]+))?"/.exec(block.settings) ?? [];
  return path === '' ? [] : [{ ...block, path, region }];
});

function filesIn(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(root.length));
}

/** The tests of the workspace that a sample belongs to, with the files that they import from beside them. */
function testsBeside(path: string): string {
  const workspace = workspaceOf(path);
  const folders = ['test', 'prove'].filter((name) => existsSync(join(root, workspace, name)));
  const found = folders.flatMap((name) => filesIn(`${workspace}/${name}`));
  const isRun = (file: string) => /\.(test|proof)\.ts$/.test(file);
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const tests = found.filter(isRun).map(read).join('\n');
  const imported = found.filter((file) => !isRun(file) && tests.includes(`/${basename(file)}'`));
  return [tests, ...imported.map(read)].join('\n');
}

function workspaceOf(path: string): string {
  const folder = dirname(path);
  return existsSync(join(root, folder, 'package.json')) ? folder : workspaceOf(folder);
}

test.each([...new Set(samples.map(({ path }) => path))])('a test runs the sample %s', (path) => {
  expect(isInTests(path) || isInConsumers(path)).toBe(true);
});

/** Whether `npm test` runs a sample: it is a test, or a test or another sample names the file. */
function isInTests(path: string): boolean {
  const isImported = filesIn('examples/guides/src').some((file) => importsSample(file, path));
  return path.endsWith('.test.ts') || isImported || namesWhole(testsBeside(path), basename(path));
}

/** Whether `npm run consumers` runs a sample: it belongs to the project of a framework. */
function isInConsumers(path: string): boolean {
  const [, folder = '', project = ''] = /^(.*)\/frameworks\/([^/]+)\//.exec(path) ?? [];
  return project !== '' && namesWhole(readFileSync(join(root, folder, 'frameworks.ts'), 'utf8'), project);
}

/** Whether a text has a name between quotes, or after a slash. A part of a longer name does not count. */
function namesWhole(text: string, name: string): boolean {
  return new RegExp(`['"\`/ ]${name.replaceAll('.', '\\.')}['"\`\\s]`).test(text);
}

function importsSample(file: string, path: string): boolean {
  return readFileSync(join(root, file), 'utf8').includes(`/${basename(path)}'`);
}

test.each(filesIn('examples/guides/src'))('a page shows the sample %s', (path) => {
  const shown = samples.filter((sample) => sample.path === path);
  const regions = [...readFileSync(join(root, path), 'utf8').matchAll(/#region (\S+)/g)].map(
    ([, name]) => name,
  );
  expect(new Set(shown.map(({ region }) => region))).toEqual(
    new Set(regions.length > 0 ? regions : [undefined]),
  );
});

test('code that no file has is output, or a command that exists', () => {
  const typed = codeBlocks.filter(({ settings }) => !/region=|example=/.test(settings));
  expect(typed.filter(({ language }) => !['sh', 'text'].includes(language))).toEqual([]);
  const lines = typed.flatMap(({ language, code }) => (language === 'sh' ? code.trim().split('\n') : []));
  const commands = lines.flatMap((line) => line.trim().split(' && '));
  expect(commands.filter((command) => !exists(command))).toEqual([]);
});

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const helpOf = (bin: string, ...command: string[]) =>
  execFileSync(process.execPath, [join(root, bin), ...command, '--help'], { encoding: 'utf8' });
const callbackServer = 'packages/callback-server/bin/callback-server.js';

/** Whether a command of a page is known to work: what it runs exists, with the options that it has. */
function exists(command: string): boolean {
  const [program = '', first = '', ...rest] = command.split(' ');
  const options = rest.filter((word) => word.startsWith('--'));
  if (program === 'npx' && first === '@partner-ecosystem/callback-server') {
    const [name = '', ...given] = rest;
    const help = helpOf(callbackServer, name);
    return given.filter((word) => word.startsWith('--')).every((option) => help.includes(option));
  }
  if (program === 'npx' && first === '@partner-ecosystem/mocks')
    return options.every((option) => helpOf('packages/mocks/bin/partner-sandbox.js').includes(option));
  if (program === 'npx' && first === '@partner-ecosystem/contract')
    return options.every((option) => helpOf('packages/contract/bin/partner-contract.js').includes(option));
  if (program === 'npm' && first === 'run') return (rest[0] ?? '') in scripts;
  if (program === 'npm') return ['ci', 'init', 'install', 'pack', 'pkg'].includes(first);
  return ['mkdir', 'cd'].includes(program) || command === 'node first-merchant.ts';
}

test('the pages have samples in TypeScript, shell and Python', () => {
  const counts = Map.groupBy(samples, ({ language }) => language);
  const summary = [...counts].map(([language, { length }]) => `${length} ${language}`).join(', ');
  const inTests = samples.filter(({ path }) => isInTests(path)).length;
  console.log(
    `${samples.length} samples: ${summary}. ${inTests} belong to tests of npm test, ${samples.length - inTests} to npm run consumers.`,
  );
  expect([...counts.keys()]).toEqual(expect.arrayContaining(['ts', 'sh', 'py']));
});

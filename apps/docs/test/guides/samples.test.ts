import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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

/** The tests of the workspace that a sample belongs to. */
function testsBeside(path: string): string {
  const workspace = path.split('/').slice(0, 2).join('/');
  const tests = filesIn(`${workspace}/test`).map((file) => readFileSync(join(root, file), 'utf8'));
  return tests.join('\n');
}

test.each([...new Set(samples.map(({ path }) => path))])('a test runs the sample %s', (path) => {
  const isTest = path.endsWith('.test.ts');
  const isImported = filesIn('examples/guides/src').some((file) => importsSample(file, path));
  const tests = testsBeside(path);
  expect(isTest || isImported || namesOf(path).some((name) => tests.includes(name))).toBe(true);
});

/** What a test names to run a sample: the file, or the project of a framework that the file belongs to. */
function namesOf(path: string): string[] {
  const [, project] = /\/frameworks\/([^/]+)\//.exec(path) ?? [];
  return [basename(path), ...(project === undefined ? [] : [`'${project}'`])];
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
  console.log(`${samples.length} samples: ${summary}.`);
  expect([...counts.keys()]).toEqual(expect.arrayContaining(['ts', 'sh', 'py']));
});

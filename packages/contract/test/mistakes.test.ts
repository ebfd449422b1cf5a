import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const contract = fileURLToPath(new URL('../../../openapi', import.meta.url));
const binary = fileURLToPath(new URL('../bin/partner-contract.js', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** A project with the contract, an overlay that can be applied, and a manifest. */
function projectWith(manifest: string): string {
  const project = mkdtempSync(join(tmpdir(), 'partner-contract-'));
  onTestFinished(() => rmSync(project, { recursive: true }));
  mkdirSync(join(project, 'node_modules/@partner-ecosystem'), { recursive: true });
  symlinkSync(contract, join(project, 'node_modules/@partner-ecosystem/openapi'));
  const actions = [{ target: '$.info', update: { title: 'The API of our tenant' } }];
  const info = { title: 'Our tenant', version: '1.0.0' };
  writeFileSync(join(project, 'my.overlay.yaml'), JSON.stringify({ overlay: '1.1.0', info, actions }));
  writeFileSync(join(project, 'package.json'), manifest);
  return project;
}

/** As root, a command without the right to change every file. */
const unprivileged = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];

/** Runs the command, which changes no file. Returns what it says. */
function refusal(project: string, ...args: readonly string[]): string {
  const before = readdirSync(project);
  const [program = '', ...rest] = [...unprivileged, process.execPath, binary, ...args];
  const { status, stderr } = spawnSync(program, rest, { cwd: project, encoding: 'utf8' });
  expect(status).toBe(2);
  expect(readdirSync(project)).toEqual(before);
  return stderr;
}

const apply = ['apply', 'my.overlay.yaml'];

test('an unknown command is named, and a command without a file asks for a file', () => {
  const project = projectWith('{}');
  expect(refusal(project, 'aply', 'my.overlay.yaml')).toContain(
    'Unknown command "aply". Use apply or check.\n\nUsage:',
  );
  expect(refusal(project, 'apply')).toContain('Give apply a file.');
  expect(refusal(project)).toContain('Give a command.');
});

test('--version shows the version of the package', () => {
  const { status, stdout } = spawnSync(process.execPath, [binary, '--version'], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
});

test('a file at --to is named, and stays as it is', () => {
  const project = projectWith('{}');
  expect(refusal(project, ...apply, '--to', 'package.json')).toBe(
    `partner-contract: ${join(project, 'package.json')} is a file. Give another folder with --to.\n`,
  );
  expect(readFileSync(join(project, 'package.json'), 'utf8')).toBe('{}');
});

test.each(['missing/x', 'package.json/x'])('a folder that cannot be created is named: --to %s', (to) => {
  const project = projectWith('{}');
  const said = refusal(project, ...apply, '--to', to);
  expect(said).toContain(`${join(project, to)} cannot be written (`);
  expect(said).toContain('With --to, give a folder whose parent folder exists and is writable.');
  expect(said).not.toContain('draft');
});

test('a package.json that --write cannot change is named before anything is written', () => {
  const project = projectWith('{}');
  chmodSync(join(project, 'package.json'), 0o444);
  expect(refusal(project, ...apply, '--write')).toBe(
    'partner-contract: --write cannot change package.json (EACCES). Make the file writable, or leave out --write.\n',
  );
});

test.each([[apply], [['check', 'my.har']]])('%j names a package.json that is not JSON', (args) => {
  for (const manifest of ['{ "private": true,', '[]', 'null'])
    expect(refusal(projectWith(manifest), ...args)).toBe(
      'partner-contract: package.json is not a JSON object. Correct the file, and run the command again.\n',
    );
});

test('apply without a package.json says where to run the command', () => {
  const project = projectWith('{}');
  rmSync(join(project, 'package.json'));
  expect(refusal(project, ...apply)).toBe(
    'partner-contract: package.json cannot be read (ENOENT). Run the command in the folder of your project.\n',
  );
});

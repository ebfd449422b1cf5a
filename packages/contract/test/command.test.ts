import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const binary = fileURLToPath(new URL('../bin/partner-contract.js', import.meta.url));

function emptyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'partner-contract-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  return folder;
}

function run(project: string, ...args: string[]) {
  return spawnSync(process.execPath, [binary, ...args], { cwd: project, encoding: 'utf8' });
}

test('--help shows the usage', () => {
  const { status, stdout } = run(emptyProject(), '--help');
  expect(status).toBe(0);
  expect(stdout).toContain('partner-contract apply my.overlay.yaml');
});

test.each([[[]], [['apply']], [['remove', 'my.overlay.yaml']]])('%j is refused, with the usage', (args) => {
  const { status, stderr } = run(emptyProject(), ...args);
  expect(status).toBe(1);
  expect(stderr).toContain('Usage: partner-contract apply');
});

test('a folder that holds something else is never replaced', () => {
  const project = emptyProject();
  mkdirSync(join(project, 'partner-contract'));
  const notes = join(project, 'partner-contract/notes.txt');
  writeFileSync(notes, 'mine');
  const { status, stderr } = run(project, 'apply', 'my.overlay.yaml');
  expect(status).toBe(1);
  expect(stderr).toContain('holds something else than a corrected contract. Give another folder with --to.');
  expect(readFileSync(notes, 'utf8')).toBe('mine');
});

test('a project without the contract is told to install it', () => {
  const { status, stderr } = run(emptyProject(), 'apply', 'my.overlay.yaml');
  expect(status).toBe(1);
  expect(stderr).toContain('The project has no @partner-ecosystem/openapi');
});

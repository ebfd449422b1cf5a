import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
let copy: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'contract-diff-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  copy = join(folder, 'openapi');
  const excluded = /node_modules|openapi\/(dist|test)/;
  cpSync(root, copy, { recursive: true, filter: (source) => !excluded.test(source) });
  symlinkSync(join(root, '../node_modules'), join(folder, 'node_modules'));
});

/** Replaces all releases by one of the current contract, with version 0.1.0. */
async function releaseCurrent(): Promise<void> {
  edit('openapi.yaml', /version: .*/, 'version: 0.1.0');
  rmSync(join(copy, 'releases'), { recursive: true });
  mkdirSync(join(copy, 'releases'));
  rmSync(join(copy, 'CONTRACT-CHANGELOG.md'));
  expect(await contractDiff('--release')).toMatchObject({ code: 0 });
}

function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(copy, file), 'utf8');
  expect(text).toMatch(from);
  writeFileSync(join(copy, file), text.replace(from, to));
}

/** A change that breaks receivers of callbacks, but no callers. */
function requireNameInCallbacks(): void {
  const file = 'components/schemas/MerchantCallbackData.yaml';
  edit(file, 'required: [id, status]', 'required: [id, status, name]');
}

function contractDiff(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['changes/contract-diff.ts', ...args],
      { cwd: copy },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });
}

test('the version of the current contract allows all changes since the last release', async () => {
  expect(await contractDiff()).toMatchObject({ code: 0 });
});

test('a change that breaks callers fails with the place, the reason and the required version', async () => {
  await releaseCurrent();
  edit('components/schemas/CreateMerchantRequest.yaml', 'signzyAppId]', 'signzyAppId, branch]');
  edit(
    'components/schemas/CreateMerchantRequest.yaml',
    'unevaluatedProperties:',
    '  branch: { $ref: ./Label.yaml }\nunevaluatedProperties:',
  );
  const { code, output } = await contractDiff();
  expect(code).toBe(1);
  expect(output).toContain('required field added');
  expect(output).toContain('createMerchant');
  expect(output).toContain('/components/schemas/CreateMerchantRequest');
  expect(output).toContain('set info.version in openapi.yaml to 0.2.0');
});

test('a change that breaks receivers of callbacks is reported apart from changes that break callers', async () => {
  await releaseCurrent();
  requireNameInCallbacks();
  const { code, output } = await contractDiff();
  expect(code).toBe(1);
  expect(output).toContain('### Breaks receivers of callbacks');
  expect(output).not.toContain('### Breaks callers');
});

test('the required version lets a change pass, and --write adds the change to the changelog', async () => {
  await releaseCurrent();
  requireNameInCallbacks();
  edit('openapi.yaml', /version: .*/, 'version: 0.1.1');
  expect(await contractDiff()).toMatchObject({ code: 1 });
  edit('openapi.yaml', /version: .*/, 'version: 0.2.0');
  expect(await contractDiff('--write')).toMatchObject({ code: 0 });
  const changelog = readFileSync(join(copy, 'CONTRACT-CHANGELOG.md'), 'utf8');
  expect(changelog).toMatch(
    /^# Changelog of the contract\n\n## 0\.2\.0\n\nSince 0\.1\.0\.\n\n### Breaks receivers of callbacks\n\n- Field made required/,
  );
  expect(changelog).toContain('## 0.1.0');
});

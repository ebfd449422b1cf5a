import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDatabase } from '../support/running-server.ts';

const nobody = 65_534;
const check = new URL('../../src/store/sqlite/assert-callback-database.ts', import.meta.url);
const script = `
  const { assertDatabaseFile } = await import('${check}');
  try { assertDatabaseFile(process.argv[1], process.argv[2], 'main'); } catch (error) { console.log(error.message); }`;

test.skipIf(process.platform === 'win32')('a folder in which SQLite cannot create its log is named', () => {
  const path = temporaryDatabase();
  writeFileSync(path, 'some content');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(path, nobody, nobody);
  chmodSync(dirname(path), 0o555);
  // Root may write into every folder.
  const asNobody = isRoot ? { uid: nobody, gid: nobody } : {};
  const open = (access: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script, path, access], {
      ...asNobody,
      encoding: 'utf8',
    }).stdout;
  expect(open('existing')).toContain(
    `${path}, in whose folder this user cannot create files. Check the owner`,
  );
  expect(open('read')).toBe('');
});

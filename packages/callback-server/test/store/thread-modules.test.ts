import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const thread = new URL('../../src/store/sqlite/sqlite-thread.ts', import.meta.url);

/** Prints the address of each module that the thread of a database loads. Outside a thread, its module ends at once. */
const program = `
  const { registerHooks } = await import('node:module');
  const resolve = (specifier, context, next) => {
    const found = next(specifier, context);
    console.log(found.url);
    return found;
  };
  registerHooks({ resolve });
  await import(${JSON.stringify(thread.href)}).catch(() => {});`;

test('the thread of a database, which starts with each server, loads no validators and no web server', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  const modules = stdout.trim().split('\n');
  expect(modules).toContain('node:sqlite');
  expect(modules.filter((url) => /validators|hono|node:http/.test(url))).toEqual([]);
});

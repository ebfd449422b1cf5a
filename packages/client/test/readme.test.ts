import { readFile } from 'node:fs/promises';
import { afterEach, expect, test, vi } from 'vitest';
import * as client from '../src/index.ts';
import { startProvider } from './support/provider.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('the README shows the example that is compiled and run here', async () => {
  expect(await read('../README.md')).toContain(`\`\`\`ts\n${await read('./readme-example.ts')}\`\`\``);
});

test('the example works', async () => {
  await using provider = await startProvider();
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (...call: Parameters<typeof fetch>) => {
    const request = new Request(...call);
    const { pathname, search } = new URL(request.url);
    return fetch(new Request(provider.url + pathname + search, request));
  });
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import('./readme-example.ts');
  expect(log.mock.calls).toEqual([[true, 'accept']]);
});

test('the README explains every error', async () => {
  const readme = await read('../README.md');
  const errors = Object.keys(client).filter((name) => name.endsWith('Error'));
  expect(errors.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

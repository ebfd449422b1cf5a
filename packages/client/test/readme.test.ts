import { readFile } from 'node:fs/promises';
import { afterEach, expect, it, vi } from 'vitest';
import * as shopWindow from '../src/index.ts';
import { startProvider } from './support/provider.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('shows the example that is compiled and run here', async () => {
  expect(await read('../README.md')).toContain(`\`\`\`ts\n${await read('./readme-example.ts')}\`\`\``);
});

it('has an example that works', async () => {
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

it('explains every error', async () => {
  const readme = await read('../README.md');
  const errors = Object.keys(shopWindow).filter((name) => name.endsWith('Error'));
  expect(errors.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

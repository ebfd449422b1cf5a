import { readFile } from 'node:fs/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { startProvider } from '../support/provider.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('the README shows a first call, which works', async () => {
  const example = await readFile(new URL('first-call.ts', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);

  await using provider = await startProvider();
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (...call: Parameters<typeof fetch>) => {
    const request = new Request(...call);
    const { pathname, search } = new URL(request.url);
    return fetch(new Request(provider.url + pathname + search, request));
  });
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import('./first-call.ts');
  expect(log.mock.calls).toEqual([['accept']]);
});

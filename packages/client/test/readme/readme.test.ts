import { readFile } from 'node:fs/promises';
import { afterEach, expect, test, vi } from 'vitest';
import * as client from '../../src/index.ts';
import { startProvider } from '../support/provider.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const examples = {
  './first-call.ts': 'accept',
  './handle-errors.ts': expect.any(String),
  './open-api-client.ts': 'accept',
};

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test.each(Object.entries(examples))('the README shows %s, which works', async (file, printed) => {
  const example = await readFile(new URL(file, import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);

  await using provider = await startProvider();
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (...call: Parameters<typeof fetch>) => {
    const request = new Request(...call);
    const { pathname, search } = new URL(request.url);
    return fetch(new Request(provider.url + pathname + search, request));
  });
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import(file);
  expect(log.mock.calls).toEqual([[printed]]);
});

test('the README explains every error', () => {
  const errors = Object.keys(client).filter((name) => /^[A-Z]\w+Error$/.test(name));
  expect(errors.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

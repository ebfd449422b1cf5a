import { afterAll, expect, test } from 'vitest';
import { serveDocs } from '../src/serve-docs.ts';

const docs = await serveDocs({ port: 0 });
afterAll(() => docs.close());

test('the docs server serves the home page and the reference', async () => {
  expect(await (await fetch(docs.url)).text()).toContain('<title>Partner Ecosystem kit');
  expect((await fetch(`${docs.url}/reference/`)).status).toBe(200);
});

test.each(['/nothing.html', '/..%2fpackage.json', '/%2e%2e/package.json'])(
  'the docs server serves nothing outside the site: %s',
  async (path) => {
    expect((await fetch(docs.url + path)).status).toBe(404);
  },
);

test('a taken port is an error that names the cause', async () => {
  await expect(serveDocs({ port: Number(new URL(docs.url).port) })).rejects.toThrow(/EADDRINUSE/);
});

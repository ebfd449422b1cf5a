import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findBrokenLinks } from '../../src/output/check-links.ts';

async function brokenIn(files: Readonly<Record<string, string>>, base = '/kit/') {
  const folder = await mkdtemp(join(tmpdir(), 'docs-links-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return findBrokenLinks(folder, base);
}

const target = { 'statuses/index.html': '<h2 id="order">Order</h2>', 'statuses.md': '# Statuses' };

test.each([
  '/kit/statuses/',
  '/kit/statuses/#order',
  '/kit/statuses.md',
  '../statuses/#order',
  '#here',
  'https://example.com/nothing/',
  '/kit/reference/#/merchants/createmerchant',
  '/kit/reference/#/callbacks/paths/accept/post',
])('a link to %s is right', async (link) => {
  const page = `<a id="here" href="${link}">x</a>`;
  expect(await brokenIn({ ...target, 'page/index.html': page, 'reference/index.html': '' })).toEqual([]);
});

test.each([
  '/statuses/',
  '/kit/status/',
  '/kit/statuses',
  '/kit/statuses/#none',
  '#none',
  '/kit/nothing.css',
  '/kit/reference/#/nonsense',
  '/kit/reference/#/merchants/nonsense',
  '/kit/statuses/#/merchants/createmerchant',
])('a link to %s is broken', async (link) => {
  const page = `<a href="${link}">x</a>`;
  const found = await brokenIn({ ...target, 'page/index.html': page, 'reference/index.html': '' });
  expect(found).toEqual([{ page: '/kit/page/', link }]);
});

test('an anchor in a Markdown twin has to exist on the page that it leads to', async () => {
  const page = 'See [x](/kit/statuses/#order), [y](/kit/statuses/#none), [z](/kit/reference/#/none).';
  const found = await brokenIn({ ...target, 'reference/index.html': '', 'page.md': page });
  expect(found.map(({ link }) => link)).toEqual(['/kit/statuses/#none', '/kit/reference/#/none']);
});

test('the docs of an older version keep the routes that its reference had', async () => {
  const page = '<a href="/kit/v/0.1.0/reference/#/renamed/operation">x</a>';
  const older = { 'v/0.1.0/page/index.html': page, 'v/0.1.0/reference/index.html': '' };
  expect(await brokenIn(older)).toEqual([]);
});

test('a broken link in a Markdown twin is found, but not in its code', async () => {
  const page = 'See [x](/kit/none/).\n\n```ts\na[0](/kit/also-none/)\n```\n';
  expect(await brokenIn({ 'page.md': page })).toEqual([{ page: '/kit/page.md', link: '/kit/none/' }]);
});

import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findBrokenLinks } from '../../src/output/check-links.ts';
import { placeVersions } from '../../src/output/place-versions.ts';
import { readVersions } from '../../src/versions/read-versions.ts';
import { versionsTable } from '../../src/versions/versions-table.ts';

const base = '/kit/';

function pageOf(text: string, address = ''): string {
  const canonical = address && `<link rel="canonical" href="${address}"/>`;
  return `<!doctype html><html><head>${canonical}</head><body><h1 id="_top">${text}</h1></body></html>`;
}

async function writeFiles(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-versions-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** A newest site that renamed `drafts` to `statuses`, with the docs of version 0.1.0 in place. */
async function placeOne(origin?: string) {
  const folder = await writeFiles({
    'index.html': pageOf('Newest'),
    'operations/index.html': pageOf('Operations'),
    'statuses/index.html': pageOf('Statuses'),
    'versions/index.html': pageOf('Versions'),
  });
  const versions = await writeFiles({
    '0.1.0/index.html': `${pageOf('Old', 'https://old.example.org/')}<a href="/kit/v/0.1.0/drafts/">x</a>`,
    '0.1.0/drafts/index.html': pageOf('Drafts'),
    '0.1.0/drafts.md': '# Drafts',
    '0.1.0/operations/index.html': `${pageOf('Operations')}<a href="/kit/v/0.1.0/reference/#/files">x</a>`,
    '0.1.0/versions/index.html': pageOf('Versions'),
  });
  await placeVersions({ folder, base, origin, versions });
  return { folder, read: (name: string) => readFile(join(folder, 'v/0.1.0', name), 'utf8') };
}

test('a page of an older version says so, above its heading, and leads to the newest docs', async () => {
  const { read } = await placeOne();
  for (const name of ['index.html', 'drafts/index.html'])
    expect(await read(name)).toMatch(
      /These are the docs of version 0\.1\.0\. <a href="\/kit\/" [^>]+>Newest docs<\/a><\/p><h1/,
    );
});

test('an older page names the newest page of its path as canonical, or itself if no such page exists', async () => {
  const { read } = await placeOne('https://example.org');
  const canonicals = async (name: string) =>
    [...(await read(name)).matchAll(/<link rel="canonical" href="([^"]+)"/g)].map(([, address]) => address);
  expect(await canonicals('index.html')).toEqual(['https://example.org/kit/']);
  expect(await canonicals('operations/index.html')).toEqual(['https://example.org/kit/operations/']);
  expect(await canonicals('drafts/index.html')).toEqual(['https://example.org/kit/v/0.1.0/drafts/']);
});

test('without an origin, an older page names no canonical page', async () => {
  const { read } = await placeOne();
  expect(await read('index.html')).not.toContain('canonical');
});

test('an older version has its Markdown, and no reference and no list of versions of its own', async () => {
  const { folder, read } = await placeOne();
  expect(await read('drafts.md')).toBe('# Drafts');
  expect(await read('reference/index.html')).toContain('url=../operations/"');
  expect(await read('versions/index.html')).toContain('url=/kit/versions/"');
  expect(await findBrokenLinks(folder, base)).toEqual([]);
});

test('a site without released versions has no folder v, and its list says so', async () => {
  const folder = await writeFiles({ 'index.html': pageOf('Newest') });
  await placeVersions({ folder, base });
  await expect(access(join(folder, 'v'))).rejects.toThrow('ENOENT');
  expect(versionsTable(await readVersions(undefined))).toBe('No release has docs of its own yet.');
});

test('a page without a heading is refused, because its reader would not learn the version', async () => {
  const versions = await writeFiles({ '0.1.0/index.html': '<html><head></head></html>' });
  const folder = await writeFiles({ 'index.html': pageOf('Newest') });
  await expect(placeVersions({ folder, base, versions })).rejects.toThrow('version 0.1.0 has no <h1>');
});

test('versions are listed from the newest to the oldest', async () => {
  const folder = await writeFiles({
    '0.9.0/index.html': '',
    '0.10.0/index.html': '',
    '1.0.0/index.html': '',
  });
  const versions = await readVersions(folder);
  expect(versions).toEqual(['1.0.0', '0.10.0', '0.9.0']);
  expect(versionsTable(versions)).toContain('| 0.10.0 | [Docs of 0.10.0](/v/0.10.0/) |');
});

test('a folder whose name is not a version is refused', async () => {
  const folder = await writeFiles({ 'latest/index.html': '' });
  await expect(readVersions(folder)).rejects.toThrow('has latest, which is not a version');
});

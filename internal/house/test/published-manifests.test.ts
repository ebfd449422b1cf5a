import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readRepositoryFile, repositoryFiles, root } from '../src/repository.ts';

interface Manifest {
  readonly private?: boolean;
  readonly author: string;
  readonly license: string;
  readonly homepage: string;
  readonly bugs: string;
  readonly keywords: readonly string[];
  readonly repository: { readonly url: string; readonly directory: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly exports: Readonly<Record<string, unknown>>;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readRepositoryFile(join(folder, 'package.json')));
const published = repositoryFiles('package.json', '*/package.json')
  .map((path) => dirname(path))
  .filter((folder) => readManifest(folder).private !== true);
/** Where the code is, as the root's manifest says. */
const home = readManifest('.').homepage;

test.each(published)('the manifest of %s states its author, its repository and its licence', (folder) => {
  const manifest = readManifest(folder);
  expect(manifest).toMatchObject({
    author: readManifest('.').author,
    license: readManifest('.').license,
    homepage: `${home}/tree/main/${folder}#readme`,
    bugs: `${home}/issues`,
    repository: { type: 'git', url: `git+${home}.git`, directory: folder },
  });
  expect(manifest.keywords).toContain('partner-ecosystem');
});

test.each(published)('%s ships its licence and its changes, and is built before it is packed', (folder) => {
  const { files, scripts, exports } = readManifest(folder);
  expect(readRepositoryFile(join(folder, 'LICENSE'))).toBe(readRepositoryFile('LICENSE'));
  expect(files).toContain('CHANGELOG.md');
  expect(scripts['prepack']).toBe('turbo run build');
  expect(exports['./package.json']).toBe('./package.json');
});

test.each(published)('the first screen of the README of %s says what a newcomer asks first', (folder) => {
  const firstScreen = readRepositoryFile(join(folder, 'README.md')).split('\n').slice(0, 45).join(' ');
  for (const said of ['npm install', 'Node 22 from', '`require`', 'unofficial', 'not been run against'])
    expect(firstScreen).toContain(said);
  expect(firstScreen).toMatch(/```ts|npx @partner-ecosystem/);
});

/** What npm shows of a package: its README, and the Markdown that it ships. */
const shown = published.flatMap((folder) =>
  [
    'README.md',
    ...readManifest(folder).files.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md'),
  ].map((file) => join(folder, file)),
);

test.each(shown)('%s has only links that also work on the npm page of the package', (path) => {
  const text = readRepositoryFile(path);
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => link ?? []);
  expect(links.filter((link) => !/^(https:|#)/.test(link))).toEqual([]);
  const own = links.filter((link) => link.startsWith(`${home}/`));
  const missing = own.filter((link) => {
    const [, file = ''] = /\/(?:tree|blob)\/main\/([^#]*)/.exec(link) ?? [];
    return !existsSync(join(root, file));
  });
  expect(missing).toEqual([]);
});

test.each(published)('the install line of the README of %s has what its first example imports', (folder) => {
  const text = readRepositoryFile(join(folder, 'README.md'));
  const [, installed = ''] = /^npm install (?:--save-dev )?(.*)$/m.exec(text) ?? [];
  const [, example = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(text) ?? [];
  const imported = [...example.matchAll(/ from '((?:@[\w-]+\/)?[\w-]+)(?:\/[^']*)?'/g)];
  expect(installed.split(' ')).toEqual(expect.arrayContaining(imported.map(([, name]) => name)));
});

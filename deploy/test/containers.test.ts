import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const readText = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const readManifest = (folder: string): Manifest => JSON.parse(readText(`${folder}/package.json`));
const published = globSync(['openapi', 'packages/*'], { cwd: new URL('../../', import.meta.url) });
const folderOf = new Map(published.map((folder) => [readManifest(folder).name, folder]));

/** The folder of a package, and the folders of all our packages that it depends on. */
function closureOf(folder: string): string[] {
  const { dependencies = {} } = readManifest(folder);
  const own = Object.keys(dependencies).flatMap((name) => folderOf.get(name) ?? []);
  return [...new Set([folder, ...own.flatMap(closureOf)])].sort();
}

const images = [
  { script: 'check-containers.sh', folder: 'packages/callback-server' },
  { script: 'check-sandbox.sh', folder: 'packages/mocks' },
];

test.each(images)('$script packs every package of ours that is in its image', ({ script, folder }) => {
  const [command = ''] = /^npm pack .*$/m.exec(readText(`deploy/${script}`)) ?? [];
  const packed = [...command.matchAll(/ -w (\S+)/g)].flatMap(([, path]) => path ?? []);
  expect(packed.sort()).toEqual(closureOf(folder));
});

test('a change of anything in an image runs the workflow that builds the images', () => {
  const { on } = parse(readText('.github/workflows/deploy.yml')) as {
    on: Readonly<Record<'push' | 'pull_request', { readonly paths: readonly string[] }>>;
  };
  const inImages = images.flatMap(({ folder }) => closureOf(folder)).concat('deploy');
  expect(on.push.paths).toEqual(expect.arrayContaining(inImages.map((folder) => `${folder}/**`)));
  expect(on.pull_request.paths).toEqual(on.push.paths);
});

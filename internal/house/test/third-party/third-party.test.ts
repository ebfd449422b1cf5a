import { expect, test } from 'vitest';
import { installations } from '../../src/installations.ts';
import { readRepositoryFile } from '../../src/repository.ts';
import { billOfMaterials } from '../../src/third-party/bill-of-materials.ts';
import { type LockFile, productionPackages } from '../../src/third-party/production-packages.ts';
import { thirdPartyPage } from '../../src/third-party/third-party-page.ts';

const permissive = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  // The licence of argparse, which reads command lines. Like the BSD licences, it asks only for the notice.
  'Python-2.0',
  'Unlicense',
];

test.each(installations())('%s brings only permissive licences along', (_, packages) => {
  for (const { name, license } of packages) {
    // `(MIT OR CC0-1.0)` leaves the choice to us.
    const choices = (license ?? '').replaceAll(/[()]/g, '').split(' OR ');
    expect(
      permissive.some((each) => choices.includes(each)),
      `${name}: ${license}`,
    ).toBe(true);
  }
});

test.each([
  ['@partner-ecosystem/client', 2],
  ['@partner-ecosystem/callback-server', 37],
])('an installation of %s has at most %i packages', (name, limit) => {
  // `npm run consumers`, which counts what npm installs, has the same limits.
  expect(new Map(installations()).get(name)?.length).toBeLessThanOrEqual(limit);
});

test('THIRD-PARTY.md lists what the lock file installs: npm run third-party writes it', () => {
  expect(readRepositoryFile('THIRD-PARTY.md')).toBe(thirdPartyPage(installations()));
});

const lock: LockFile = {
  packages: {
    'packages/ours': { name: '@scope/ours', version: '1.0.0', license: 'MIT', dependencies: { one: '^1' } },
    'node_modules/one': {
      version: '1.2.0',
      license: 'ISC',
      integrity: 'sha512-AQI=',
      dependencies: { two: '^2' },
    },
    'node_modules/one/node_modules/two': {
      version: '2.0.0',
      license: '(MIT OR Apache-2.0)',
      dependencies: { one: '*' },
    },
    'node_modules/two': { version: '3.0.0', license: 'MIT' },
  },
};

test('productionPackages finds the nearest package of a name, and ends in a circle of dependencies', () => {
  const packages = productionPackages(lock, 'packages/ours');
  expect(packages.map(({ name, version }) => `${name}@${version}`)).toEqual([
    '@scope/ours@1.0.0',
    'one@1.2.0',
    'two@2.0.0',
  ]);
  expect(() => productionPackages({ packages: {} }, 'packages/ours')).toThrow('Run npm install.');
});

test('a bill of materials names each package, its licence, its hash and what it depends on', () => {
  const bill = billOfMaterials('@scope/ours', productionPackages(lock, 'packages/ours'));
  expect(bill.metadata.component).toMatchObject({ purl: 'pkg:npm/%40scope/ours@1.0.0' });
  expect(bill.components).toMatchObject([
    { name: 'one', licenses: [{ license: { id: 'ISC' } }], hashes: [{ alg: 'SHA-512', content: '0102' }] },
    { name: 'two', licenses: [{ expression: '(MIT OR Apache-2.0)' }] },
  ]);
  expect(bill.dependencies[0]?.dependsOn).toEqual(['pkg:npm/one@1.2.0']);
});

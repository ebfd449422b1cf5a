import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { site } from '../../src/site.ts';

const names = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(md|txt)$/.test(name),
);

test('an anchor in the files for programs names its page, because llms-full.txt holds every page', () => {
  expect(names).toContain('llms-full.txt');
  const bare = names.filter((name) => readFileSync(new URL(name, site), 'utf8').includes('](#'));
  expect(bare).toEqual([]);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { site } from '../../src/site.ts';

const folder = new URL('../../../../openapi/workflows/', import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.yaml'),
);

test.each(names)('the site has the workflow %s, and each URL in it leads to a file of the site', (name) => {
  const file = new URL(`workflows/${name}`, site);
  const { sourceDescriptions } = parse(readFileSync(file, 'utf8')) as {
    sourceDescriptions: readonly { url: string }[];
  };
  expect(sourceDescriptions.length).toBeGreaterThan(0);
  for (const { url } of sourceDescriptions) {
    const target = new URL(url, file);
    expect(target.href.startsWith(site.href), url).toBe(true);
    expect(existsSync(target), url).toBe(true);
  }
});

test.each(names)('llms.txt names the workflow %s', (name) => {
  expect(readFileSync(new URL('llms.txt', site), 'utf8')).toContain(`(/workflows/${name})`);
});

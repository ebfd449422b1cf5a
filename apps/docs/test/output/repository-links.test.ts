import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { site } from '../../src/site.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const { homepage } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { homepage: string };
const [, owner, repository] = new URL(homepage).pathname.split('/');
/** Where GitHub Pages publishes the site of the repository. */
const published = `https://${owner}.github.io/${repository}/`;

const files = execFileSync('git', ['ls-files', '--', '*.md', ':!.changeset'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((path) => existsSync(join(root, path)));
const links = files.flatMap((path) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/https:\/\/[^\s)"'`]+/g)]
    .map(([link]) => link)
    .filter((link) => link.startsWith(published))
    .map((link) => ({ path, link, target: link.slice(published.length) })),
);

test.each(links)('the link of $path to /$target leads to a page', ({ target }) => {
  const [page = '', anchor = ''] = target.split('#');
  expect(page === '' || page.endsWith('/')).toBe(true);
  const html = readFileSync(new URL(`${page}index.html`, site), 'utf8');
  if (anchor !== '') expect(html).toContain(` id="${anchor}"`);
});

test.each(['client', 'sandbox', 'callback-server'])('a README leads to the guides of %s', (slug) => {
  const pages = links.filter(({ path, target }) => path.startsWith('packages/') && target.startsWith(slug));
  expect(pages.length).toBeGreaterThan(5);
});

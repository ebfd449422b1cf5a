import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { referenceRoutes } from '../contract/reference-routes.ts';

/** A link of a page whose target or anchor does not exist. */
export interface BrokenLink {
  /** Path of the page, such as `/statuses/`. */
  readonly page: string;
  readonly link: string;
}

/**
 * Finds every link of a built site that leads nowhere: in pages, and in their Markdown twins. Links to other hosts are not
 * followed.
 *
 * @param base - Path of the site on its origin, with a slash at both ends.
 */
export async function findBrokenLinks(folder: string, base: string): Promise<BrokenLink[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  const paths = new Set(names.map((name) => base + name.replace(/(^|\/)index\.html$/, '$1')));
  const texts = await Promise.all(
    names
      .filter((name) => /\.(html|md|txt)$/.test(name))
      .map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
  const anchors = new Map(
    texts.map(({ name, text }) => [base + name.replace(/(^|\/)index\.html$/, '$1'), idsOf(text)]),
  );
  const routes = new Set(referenceRoutes().map(({ hash }) => hash));
  /** The reference has its own routes behind the hash. The reference of an older version leads to the static pages. */
  const hasAnchor = (pathname: string, hash: string) => {
    if (pathname === `${base}reference/` && hash.startsWith('#/')) return routes.has(hash);
    if (pathname.startsWith(`${base}v/`) && pathname.endsWith('/reference/')) return true;
    return anchors.get(pathname)?.has(hash.slice(1)) ?? false;
  };
  return texts.flatMap(({ name, text }) => {
    const page = base + name.replace(/(^|\/)index\.html$/, '$1');
    return linksOf(name, text)
      .filter((link) => {
        const { origin, pathname, hash } = new URL(link, `http://site.invalid${page}`);
        if (origin !== 'http://site.invalid') return false;
        return !paths.has(pathname) || !(hash === '' || hasAnchor(pathname, decodeURIComponent(hash)));
      })
      .map((link) => ({ page, link }));
  });
}

function idsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id));
}

function linksOf(name: string, text: string): string[] {
  const markup = text.replaceAll(/<script[^>]*>[\s\S]*?<\/script>/g, '');
  const pattern = name.endsWith('.html') ? / (?:href|src)="([^"]*)"/g : /\]\(([^)\s]+)\)/g;
  const prose = name.endsWith('.html') ? markup : markup.replaceAll(/^( *)```[\s\S]*?^ *```/gm, '');
  return [...prose.matchAll(pattern)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
}

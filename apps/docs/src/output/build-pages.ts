import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import starlight from '@astrojs/starlight';
import { build } from 'astro';
import { passthroughImageService } from 'astro/config';
import { formatPage, type Page } from '../markdown/page.ts';
import { searchWhenOpened } from '../search/search-when-opened.ts';
import { sidebarOf } from './sidebar.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where a site is built, and where its pages will be served. */
export interface SiteBuild {
  /** Folder that the site is written to. */
  readonly folder: string;
  /** Path of the site on its origin, with a slash at both ends. */
  readonly base: string;
  /** Such as `https://example.org`. With it, the build writes a sitemap and each page's canonical address. */
  readonly origin?: string | undefined;
  /** Folder with the docs of released versions, which the site gets below `v/`. */
  readonly versions?: string | undefined;
}

/** Colours each line to its end. By default Shiki gives up after 500 ms, so a busy machine would build different pages. */
const withoutTimeLimit = {
  name: 'without-time-limit',
  preprocess(_code: string, options: object) {
    Object.assign(options, { tokenizeTimeLimit: 0 });
  },
};

/** Builds the HTML of the pages, with their search. Everything that was in the folder is removed. */
export async function buildPages(pages: readonly Page[], { folder, base, origin }: SiteBuild): Promise<void> {
  await writePages(pages);
  await build({
    root,
    base,
    ...(origin !== undefined && { site: origin }),
    outDir: folder,
    configFile: false,
    // A cached page would not show a change of these settings.
    force: true,
    logLevel: 'error',
    trailingSlash: 'always',
    image: { service: passthroughImageService() },
    vite: { plugins: [searchWhenOpened] },
    integrations: [
      starlight({
        title: 'Partner Ecosystem kit',
        customCss: ['./src/styles/site.css'],
        sidebar: sidebarOf(pages),
        expressiveCode: {
          // Long lines are cut off otherwise, on phones and in print.
          defaultProps: { wrap: true },
          shiki: { transformers: [withoutTimeLimit] },
        },
        pagination: false,
        credits: false,
        markdown: { processedDirs: ['generated/pages'] },
        head: [{ tag: 'link', attrs: { rel: 'describedby', type: 'text/plain', href: `${base}llms.txt` } }],
        routeMiddleware: './src/output/link-twin.ts',
      }),
    ],
  });
}

async function writePages(pages: readonly Page[]): Promise<void> {
  const generated = join(root, 'generated/pages');
  await rm(generated, { recursive: true, force: true });
  for (const page of pages) {
    const file = join(generated, `${page.slug}.md`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, formatPage(page));
  }
}

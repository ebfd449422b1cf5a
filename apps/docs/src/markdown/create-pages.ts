import { createGuideFragments } from '../fragments/guide-fragments.ts';
import { fillCode } from './fill-code.ts';
import { fillFragments } from './fill-fragments.ts';
import type { Page } from './page.ts';
import { readFromRoot } from './read-from-root.ts';
import { readWrittenPages } from './read-written-pages.ts';
import { withBase } from './with-base.ts';

/** Creates every page of the site, written and generated, with its code and its generated parts filled in. */
export async function createPages(base: string): Promise<Page[]> {
  const pages = [...(await readWrittenPages())];
  const fragments = await createGuideFragments(readFromRoot);
  return Promise.all(
    pages.map(async (page) => {
      const text = fillFragments(page.slug, page.body, fragments);
      const body = await fillCode(page.slug, text, readFromRoot);
      return { ...page, body: withBase(body, base) };
    }),
  );
}

import { createErrorPages } from '../contract/error-pages.ts';
import { createEventPages } from '../contract/event-pages.ts';
import { createOperationPages } from '../contract/operation-pages.ts';
import { createOperationsPage } from '../contract/operations-page.ts';
import { fillCode } from '../markdown/fill-code.ts';
import { fillFragments } from '../markdown/fill-fragments.ts';
import type { Page } from '../markdown/page.ts';
import { readFromRoot } from '../markdown/read-from-root.ts';
import { readWrittenPages } from '../markdown/read-written-pages.ts';
import { withBase } from '../markdown/with-base.ts';
import { createControlApiPage } from '../software/control-api-page.ts';
import { createFragments } from './create-fragments.ts';

/**
 * Creates every page of the site, written and generated, with its code and its generated parts filled in.
 *
 * @param versions - The released versions with docs of their own, the newest first.
 */
export async function createPages(base: string, versions: readonly string[]): Promise<Page[]> {
  const pages = [
    ...(await readWrittenPages()),
    ...(await createOperationPages()),
    ...(await createErrorPages()),
    ...(await createEventPages()),
    await createOperationsPage(),
    await createControlApiPage(readFromRoot),
  ];
  const fragments = await createFragments(versions);
  return Promise.all(
    pages.map(async (page) => {
      const text = fillFragments(page.slug, page.body, fragments);
      const body = await fillCode(page.slug, text, readFromRoot);
      return { ...page, body: withBase(body, base) };
    }),
  );
}

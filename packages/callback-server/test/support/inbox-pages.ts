import { expect } from 'vitest';
import type { createBrowser, Received } from './browser.ts';

/** The texts that a person reads on a page: without tags, and with single spaces. */
export function textOf({ text }: Pick<Received, 'text'>): string {
  const [, main = text] = /<main[^>]*>([\s\S]*)<\/main>/.exec(text) ?? [];
  const plain = main.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  return plain
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** The ids of the callbacks that a list shows, in its order. */
export function idsIn({ text }: Pick<Received, 'text'>): readonly string[] {
  return [...text.matchAll(/href="\/inbox\/callbacks\/([\da-f]{32})\?/g)].map(([, id = '']) => id);
}

/** The fields of the form that posts to a path, as the page fills them in. */
function fieldsOf({ text }: Pick<Received, 'text'>, path: string): [string, string][] {
  const escaped = path.replaceAll('/', '\\/');
  const [, form = ''] =
    new RegExp(`<form method="post" action="${escaped}[^"]*"[^>]*>([\\s\\S]*?)</form>`).exec(text) ?? [];
  return [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value],
  );
}

/** Follows a form of a page: posts it as it is, and returns the page that the response leads to. */
export async function confirmed(
  browser: ReturnType<typeof createBrowser>,
  page: Received,
  path: string,
): Promise<Received> {
  const fields = fieldsOf(page, path);
  expect(fields.map(([name]) => name)).toContain('csrf');
  const response = await browser.submit(path, fields);
  expect(response.status, response.text).toBe(303);
  return browser.get(response.headers.location ?? '');
}

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path/posix';
import contract from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, test } from 'vitest';
import { site } from '../src/site.ts';

const names = (await readdir(site, { recursive: true })).filter((name) => name.endsWith('.html'));
const pages = await Promise.all(names.map(async (name) => ({ name, html: await readSiteFile(name) })));
const guides = await readdir(new URL('../guides/', import.meta.url));
const reference = await readSiteFile('reference/index.html');

test('each guide is a page of the site', () => {
  for (const guide of guides) expect(names).toContain(pageOf(guide));
});

test('a reader reaches every page from the home page', async () => {
  const reached = new Set(['index.html']);
  for (const name of reached)
    for (const [, link = ''] of (await readSiteFile(name)).matchAll(/<a [^>]*href="([^"#:]+\.html)"/g))
      reached.add(join(dirname(name), link));
  expect([...reached].sort()).toEqual(names.sort());
});

test.each(pages)('$name has a policy that forbids requests to other origins', ({ html }) => {
  const policy =
    /<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html)?.[1] ?? '';
  expect(policy).toContain(`default-src 'none'`);
  expect(policy).toContain(`connect-src 'none'`);
  expect(policy).not.toMatch(/https?:|\*|script-src[^;]*unsafe/);
});

test.each(pages)('$name loads no file from another host', ({ html }) => {
  const markup = html.replace(/<script[^>]*>[\s\S]*?<\/script>/g, '');
  expect(markup).not.toMatch(/<(script|img|iframe|link)[^>]+(src|href)="(https?:)?\/\//);
});

test('the reference sends nothing to the vendor of its renderer', () => {
  expect(reference).toContain('"disableTelemetry":true');
  expect(reference).not.toContain('cdn.redoc.ly');
});

test('the reference contains every operation and every callback', () => {
  for (const operationId of Object.keys(operations))
    expect(reference).toContain(`"operationId":"${operationId}"`);
  for (const { post } of Object.values(contract.webhooks)) expect(reference).toContain(post.summary);
});

test.each(guides)('%s shows each included file completely', async (guide) => {
  const markdown = await readFile(new URL(`../guides/${guide}`, import.meta.url), 'utf8');
  const text = withoutEntities(await readSiteFile(pageOf(guide)));
  for (const [, path = ''] of markdown.matchAll(/^\{\{ (.+) \}\}$/gm)) {
    const code = await readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');
    expect(text).toContain(code.trim());
  }
});

function readSiteFile(name: string): Promise<string> {
  return readFile(new URL(name, site), 'utf8');
}

function pageOf(guide: string): string {
  return guide.replace(/\.md$/, '.html');
}

function withoutEntities(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', `'`)
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

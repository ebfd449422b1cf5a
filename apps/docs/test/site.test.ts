import { readdir, readFile } from 'node:fs/promises';
import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, test } from 'vitest';
import { site } from '../src/site.ts';

const names = (await readdir(site, { recursive: true })).filter((name) => name.endsWith('.html'));
const pages = await Promise.all(
  names.map(async (name) => ({ name, html: await readFile(new URL(name, site), 'utf8') })),
);
const reference = pages.find(({ name }) => name === 'reference/index.html')?.html ?? '';

test('the site has a home page, a quick start and a reference', () => {
  expect(names.sort()).toEqual(['index.html', 'quick-start.html', 'reference/index.html']);
});

test.each(pages)('$name forbids itself to load or send anything off its origin', ({ html }) => {
  const policy =
    /<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html)?.[1] ?? '';
  expect(policy).toContain(`default-src 'none'`);
  expect(policy).toContain(`connect-src 'none'`);
  expect(policy).not.toMatch(/https?:|\*|script-src[^;]*unsafe/);
});

test.each(pages)('$name names no file of another host', ({ html }) => {
  const markup = html.replace(/<script[^>]*>[\s\S]*?<\/script>/g, '');
  expect(markup).not.toMatch(/<(script|img|iframe|link)[^>]+(src|href)="(https?:)?\/\//);
});

test('the reference neither reports its readers nor fetches the logo of its renderer', () => {
  expect(reference).toContain('"disableTelemetry":true');
  expect(reference).not.toContain('cdn.redoc.ly');
});

test('the reference holds every operation and every callback', () => {
  for (const operationId of Object.keys(operations))
    expect(reference).toContain(`"operationId":"${operationId}"`);
  for (const event of ['Merchant accepted', 'Merchant rejected', 'Merchant submitted'])
    expect(reference).toContain(event);
});

test('every link within the site leads to a page that is there', () => {
  const guides = pages.filter(({ name }) => !name.startsWith('reference/'));
  const links = guides.flatMap(({ html }) =>
    [...html.matchAll(/href="([^"#:]+\.html)"/g)].map(([, link]) => link),
  );
  expect(links.length).toBeGreaterThan(6);
  for (const link of links) expect(names).toContain(link);
});

test('the quick start shows the code of the example, whole', async () => {
  const page = pages.find(({ name }) => name === 'quick-start.html')?.html ?? '';
  const example = new URL('../../../examples/onboard-merchant/', import.meta.url);
  for (const file of ['src/become-partner.ts', 'src/onboard-merchant.ts', 'src/receive-decisions.ts']) {
    const code = await readFile(new URL(file, example), 'utf8');
    expect(text(page)).toContain(code.trim());
  }
});

function text(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', `'`)
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as classification from '@partner-ecosystem/openapi/classification';
import contract from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, test } from 'vitest';
import { site } from '../../src/site.ts';

const names = readdirSync(site, { recursive: true, encoding: 'utf8' });
const pages = names
  .filter((name) => name.endsWith('/index.html') && !name.startsWith('reference/'))
  .concat('index.html')
  .map((name) => ({ name, html: read(name) }));

function read(name: string): string {
  return readFileSync(new URL(name, site), 'utf8');
}

/** The text that a reader without JavaScript sees. */
function textOf(html: string): string {
  return html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}

test.each(Object.values(operations))(
  'without JavaScript, $operationId has a page with its errors',
  (operation) => {
    const text = textOf(read(`operations/${operation.operationId}/index.html`));
    for (const part of [operation.path, operation.method, ...Object.keys(operation.errors)])
      expect(text).toContain(part);
    for (const codes of Object.values(operation.errors))
      for (const code of codes) expect(text).toContain(code);
  },
);

test.each(Object.keys(contract.webhooks))('without JavaScript, the event %s has a page', (event) => {
  const text = textOf(read(`events/${event}/index.html`));
  expect(text).toContain('merchantData');
  // A sample in each language takes the event.
  for (const part of [`'${event}'`, 'BaseHTTPRequestHandler', '/callbacks/next?merchantId='])
    expect(text).toContain(part);
});

test('without JavaScript, every error code is explained under its own anchor', () => {
  const html = read('errors/index.html');
  const codes = new Set(
    Object.values(operations).flatMap(({ errors }) => Object.values<readonly string[]>(errors).flat()),
  );
  expect(codes.size).toBeGreaterThan(5);
  for (const code of codes) expect(html).toContain(`id="${code.toLowerCase()}"`);
});

test.each([
  ['400', 'correct the request'],
  ['401', 'check the credentials and the permission'],
  ['422', 'uniqueness means that the record exists already'],
  ['502', 'find out, then decide'],
])('without JavaScript, the page of the status %s says what to do', (status, advice) => {
  expect(textOf(read(`errors/${status}/index.html`))).toContain(advice);
});

test.each([
  ['LOGIN_FAILED', ['AuthenticationError', 'check the credentials']],
  ['REALM_REQUIRED', ['BadRequestError', 'correct the request']],
  ['MODEL_NOT_FOUND', ['NotFoundError']],
])('without JavaScript, the error code %s has its causes, its class and what to do', (code, parts) => {
  const [, after = ''] = read('errors/index.html').split(`<span id="${code.toLowerCase()}"`);
  const [row = ''] = `<td><span${after}`.split('</tr>');
  const cells = row.split('<td>').slice(1);
  expect(cells).toHaveLength(4);
  for (const cell of cells) expect(textOf(cell).trim()).not.toBe('');
  for (const part of parts) expect(textOf(row)).toContain(part);
});

test.each(Object.values(operations))(
  'without JavaScript, each error of $operationId says what to do',
  ({ operationId, errors }) => {
    const markdown = read(`operations/${operationId}.md`);
    const rows = markdown.split('## Errors')[1]?.match(/^\| \[\d.*$/gm) ?? [];
    expect(rows).toHaveLength(Object.keys(errors).length);
    for (const row of rows) expect(row).toMatch(/\| `\w+Error`: .+ \|$/);
  },
);

test('without JavaScript, every property of the contract can be read, in pages and in Markdown', () => {
  const properties = propertiesIn([
    ...Object.values(classification.requests),
    ...Object.values(classification.responses).flatMap((byStatus) => Object.values(byStatus)),
    ...Object.values(classification.webhooks),
    ...Object.values(classification.parameters),
  ]);
  expect(properties.size).toBeGreaterThan(100);
  const text = pages.map(({ html }) => textOf(html)).join('\n');
  const markdown = read('llms-full.txt');
  for (const property of properties) {
    expect(text).toContain(property);
    expect(markdown).toContain(property);
  }
});

function propertiesIn(classified: readonly unknown[]): ReadonlySet<string> {
  const names = new Set<string>();
  JSON.stringify(classified, (key, value: unknown) => {
    if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name);
    return value;
  });
  return names;
}

test.each(pages)(
  '$name has a title and a description, and leads programs to its Markdown and to llms.txt',
  ({ name, html }) => {
    const twin = name === 'index.html' ? 'index.md' : name.replace('/index.html', '.md');
    expect(html).toMatch(/<title>[^<]+<\/title>/);
    expect(html).toMatch(/<meta name="description" content="[^"]{20,}"/);
    expect(html).toContain(`rel="alternate" type="text/markdown" href="/${twin}"`);
    expect(html).toContain('rel="describedby" type="text/plain" href="/llms.txt"');
    expect(read('llms.txt')).toContain(`(/${twin})`);
    expect(read(twin)).toMatch(/^# .+\n\n> .+\n/);
  },
);

test.each([...pages, { name: 'reference/index.html', html: read('reference/index.html') }])(
  'the policy of $name forbids requests to other origins',
  ({ html }) => {
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html)?.[1] ?? '';
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).not.toMatch(/https?:|\*|script-src[^;]*'unsafe-inline'/);
  },
);

test('the reference sends nothing to the vendor of its renderer', () => {
  const files = names.filter((name) => /^reference\/[^/]+\.\w+$/.test(name)).map(read);
  expect(files.filter((text) => text.includes('"disableTelemetry":true'))).toHaveLength(1);
  for (const text of files) expect(text).not.toContain('cdn.redoc.ly');
});

test('the page of the reference can be shown before its renderer is there', () => {
  expect(read('reference/index.html').length).toBeLessThan(400_000);
});

test('no page, with its styles and scripts, is larger than 60 kB with gzip, and the site without the reference than 3 MB', () => {
  for (const { name, html } of pages) {
    const [, ...parts] = html.split(/<(?:link[^>]* rel="stylesheet"|script)(?=[^>]* (?:href|src)=")/);
    const files = [...html.matchAll(/<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="\/([^"]+)"/g)];
    expect(files).toHaveLength(parts.length);
    const loaded = files.map(([, file = '']) => gzipSync(readFileSync(new URL(file, site))).length);
    const bytes = loaded.reduce((sum, each) => sum + each, gzipSync(html).length);
    expect(bytes, name).toBeLessThanOrEqual(60_000);
  }
  const files = names.filter((name) => /\.\w+$/.test(name) && !name.startsWith('reference/'));
  const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, site))).length, 0);
  console.log(`The site without the reference: ${files.length} files, ${bytes} bytes with gzip.`);
  expect(bytes).toBeLessThanOrEqual(3_000_000);
});

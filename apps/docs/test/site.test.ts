import { readdir, readFile } from 'node:fs/promises';
import contract from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, test } from 'vitest';
import { site } from '../src/site.ts';

const names = (await readdir(site, { recursive: true })).filter((name) => name.endsWith('.html'));
const pages = await Promise.all(names.map(async (name) => ({ name, html: await readSiteFile(name) })));
const reference = await readSiteFile('reference/index.html');

test.each(pages)('$name has a policy that forbids requests to other origins', ({ html }) => {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html)?.[1] ?? '';
  expect(policy).toContain(`default-src 'none'`);
  expect(policy).not.toMatch(/https?:|\*|script-src[^;]*'unsafe-inline'/);
});

test('the reference contains every operation and every callback', () => {
  for (const operationId of Object.keys(operations))
    expect(reference).toContain(`"operationId":"${operationId}"`);
  for (const { post } of Object.values(contract.webhooks)) expect(reference).toContain(post.summary);
});

function readSiteFile(name: string): Promise<string> {
  return readFile(new URL(name, site), 'utf8');
}

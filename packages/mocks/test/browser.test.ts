import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** Returns the imports of a built module and of the modules beside it, and the modules that they always get from Node. */
async function importsOf(file: string, seen: Set<string> = new Set()): Promise<Set<string>> {
  const source = await readFile(new URL(`../dist/${file}`, import.meta.url), 'utf8');
  const pattern = /(?:from|import|process\.getBuiltinModule)\s*\(?\s*"([^"]+)"/g;
  for (const [, specifier = ''] of source.matchAll(pattern)) {
    if (seen.has(specifier)) continue;
    seen.add(specifier);
    if (specifier.startsWith('./')) await importsOf(specifier.slice(2), seen);
  }
  return seen;
}

test.each(['index.js', 'msw.js'])('%s imports nothing of Node', async (file) => {
  const imports = [...(await importsOf(file))];
  expect(imports.some((specifier) => specifier.startsWith('@partner-ecosystem/openapi/'))).toBe(true);
  expect(imports.filter((specifier) => /^node:|^@hono|^hono/.test(specifier))).toEqual([]);
});

test('the search for imports finds node:http in node.js', async () => {
  expect([...(await importsOf('node.js'))]).toContain('node:http');
});

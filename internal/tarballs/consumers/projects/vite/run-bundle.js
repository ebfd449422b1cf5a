import { readdirSync, readFileSync } from 'node:fs';

// A page has no modules of Node, so the bundle must import none of them.
const assets = new URL('dist/assets/', import.meta.url);
for (const file of readdirSync(assets)) {
  if (/['"]node:/.test(readFileSync(new URL(file, assets), 'utf8')))
    throw new Error(`${file} imports a module of Node.`);
  globalThis.document = {
    getElementsByTagName: () => [],
    querySelector: () => null,
    createElement: () => ({ relList: { supports: () => true } }),
  };
  await import(new URL(file, assets));
}

import { readdirSync, readFileSync } from 'node:fs';

// Every export of every package resolves, and each module has a value or is for types only.
const scope = new URL('node_modules/@partner-ecosystem/', import.meta.url);
for (const name of readdirSync(scope)) {
  const { exports } = JSON.parse(readFileSync(new URL(`${name}/package.json`, scope)));
  for (const [entry, target] of Object.entries(exports)) {
    // The entry for Vitest loads only inside Vitest, which has a project of its own.
    if (entry === './vitest') continue;
    if (entry.includes('*') || (typeof target === 'object' && target.default === undefined)) continue;
    const specifier = `@partner-ecosystem/${name}${entry.slice(1)}`;
    const attributes = specifier.endsWith('.json') ? { with: { type: 'json' } } : {};
    const found = Object.keys(await import(specifier, attributes));
    if (found.length === 0) throw new Error(`${specifier} exports nothing.`);
  }
}
for (const pattern of ['openapi/validators/requests/createMerchant', 'openapi/overlays/sandbox'])
  readFileSync(new URL(import.meta.resolve(`@partner-ecosystem/${pattern}`)));

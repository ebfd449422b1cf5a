import type { Schema } from '../contract/contract.ts';

/** Sorts schemas so that each comes after the schemas that it refers to. */
export function dependenciesFirst(schemas: Record<string, Schema>): [string, Schema][] {
  const ordered = new Map<string, Schema>();
  const visit = (name: string) => {
    const schema = schemas[name];
    if (!schema || ordered.has(name)) return;
    for (const reference of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      visit(reference[1] ?? '');
    ordered.set(name, schema);
  };
  for (const name of Object.keys(schemas)) visit(name);
  return [...ordered];
}

import type { Schema } from '../contract/contract.ts';

/** The name of the component that a schema refers to; `undefined` for any other schema. */
export function schemaName(schema: Schema): string | undefined {
  return /^#\/components\/schemas\/([^/]+)$/.exec(schema.$ref ?? '')?.[1];
}

/** The TypeScript type of a body's schema in `schema.d.ts`. */
export function typeOfSchema(schema: Schema): string {
  const name = schemaName(schema);
  if (!name) throw new Error('A body has an inline schema. Move the schema to components/schemas/.');
  return `components['schemas']['${name}']`;
}

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

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

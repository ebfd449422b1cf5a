import { type Schema, schemaName } from '../contract/contract.ts';

/** The TypeScript type that `schema.d.ts` gives a body's schema. Every body of the contract is a named component. */
export function typeOfSchema(schema: Schema): string {
  const name = schemaName(schema);
  if (!name) throw new Error('A body has a schema without a name. Move it into components/schemas/.');
  return `components['schemas']['${name}']`;
}

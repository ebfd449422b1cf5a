import { type BareSchema, components } from '@partner-ecosystem/openapi/schemas';

/** A schema with what its reference names; keywords beside the reference win. */
export function resolve(schema: BareSchema): BareSchema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  const named = components[$ref.slice('#/components/schemas/'.length)];
  if (!named) throw new Error(`${$ref} names nothing in the contract.`);
  return { ...resolve(named), ...beside };
}

/** The schema of a member: its own, or that of additional members. */
export function propertySchema(schema: BareSchema, name: string): BareSchema | undefined {
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

import { type BareSchema, components } from '@partner-ecosystem/openapi/schemas';

/** Replaces a schema's reference by the schema that it names. Keywords beside the reference take precedence. */
export function resolve(schema: BareSchema): BareSchema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  const named = components[$ref.slice('#/components/schemas/'.length)];
  if (!named) throw new Error(`The contract has no schema for the reference ${$ref}.`);
  return { ...resolve(named), ...beside };
}

/** Returns the schema of a property: its own schema, or the schema of additional properties. */
export function propertySchema(schema: BareSchema, name: string): BareSchema | undefined {
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

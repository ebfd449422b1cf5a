import { type Contract, type Parameter, resolve, type Schema } from '../contract/contract.ts';
import { mapValues } from '../contract/operations.ts';

/**
 * Reduces a schema to what a reader needs: the required properties and their types. A violation of the reduced schema
 * makes a callback unusable. A violation of the full schema only is drift.
 */
export function essentialSchema(contract: Contract, schema: Schema): Schema {
  const full = flattenSchema(contract, schema);
  const required = full.required ?? [];
  return {
    ...pick(full, ['type', 'minLength', 'required']),
    ...(required.length > 0 && {
      properties: mapValues(pick(full.properties ?? {}, required), (property) =>
        essentialSchema(contract, property),
      ),
    }),
  };
}

const components = '#/components/schemas/';
/** Prefix of the reference to a closed component. */
export const closedComponents = '#/closed/';

/** Keywords that change a component when they are written beside its reference. */
const changing = ['properties', 'items', 'additionalProperties', 'x-expected', 'x-extensible-enum'];

/**
 * Closes a schema: unknown properties, unknown values of extensible enums, and values that the contract does not expect
 * become violations. Objects that declare `additionalProperties` stay open, unless we expect no other property. Words
 * match in any letter case, because the provider varies the case.
 */
export function closedSchema(contract: Contract, schema: Schema): Schema {
  const { $ref, ...besides } = schema;
  // The code of a component is compiled once, unless another component is changed here.
  if ($ref && !changing.some((keyword) => keyword in besides))
    return { ...besides, $ref: $ref.replace(components, closedComponents) };
  const { 'x-extensible-enum': values, 'x-expected': expected, ...full } = flattenSchema(contract, schema);
  return {
    ...full,
    ...(values && { pattern: `^(${values.map(anyCase).join('|')})$` }),
    ...(full.items && { items: closedSchema(contract, full.items) }),
    ...(full.properties && {
      properties: mapValues(full.properties, (property) => closedSchema(contract, property)),
    }),
    ...closedRest(contract, full),
    ...expected,
  };
}

function closedRest(contract: Contract, { properties, additionalProperties }: Schema): Schema {
  if (typeof additionalProperties === 'object')
    return { additionalProperties: closedSchema(contract, additionalProperties) };
  return properties ? { additionalProperties: additionalProperties ?? false } : {};
}

/** The schema of an object that holds the parameters of an operation by name. */
export function parametersSchema(parameters: Parameter[]): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** Merges the target of `$ref` with the keywords beside it. The contract sets no keyword in both places. */
export function flattenSchema(contract: Contract, schema: Schema): Schema {
  if (!schema.$ref) return schema;
  const { $ref, ...beside } = schema;
  return { ...flattenSchema(contract, resolve<Schema>(contract, { $ref })), ...beside };
}

function anyCase(word: string): string {
  return [...word].map((letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`).join('');
}

function pick<T>(record: Record<string, T>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}

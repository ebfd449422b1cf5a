import { isDeepStrictEqual } from 'node:util';
import { type Contract, type Evident, type Parameter, resolve, type Schema } from '../contract/contract.ts';
import { mapValues } from '../contract/operations.ts';
import type { KnownWords } from './drift-keywords.ts';
import { usualProperties } from './usual-properties.ts';

/** The keywords that limit a value. The contract may use no other such keyword. */
export const validationKeywords: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'pattern',
  'minLength',
  'minimum',
  'maximum',
  'required',
  'minProperties',
  'minItems',
  'maxItems',
  'uniqueItems',
]);

/**
 * The schema of a request. A limit that no page shows is only expected: a request that breaks the limit is valid. If no page
 * documents the request, any object is valid.
 */
export function requestSchema(contract: Contract, schema: Schema): Schema {
  const request = withoutInferredLimits(contract, schema, new Set());
  if (evidenceIn(flattenSchema(contract, schema)) !== 'inferred') return request;
  const { 'x-expected': { type: _, ...expected } = {}, ...open } = request;
  return { ...open, type: 'object', 'x-expected': expected };
}

/** Turns inferred limits into limits that are only expected. A schema without such a limit stays the same. */
function withoutInferredLimits(contract: Contract, schema: Schema, inherited: ReadonlySet<string>): Schema {
  const full = flattenSchema(contract, schema);
  const inferred = inferredLimits(full, inherited);
  const change = (part: Schema) => withoutInferredLimits(contract, part, inferred);
  const { properties, items, additionalProperties, 'x-expected': expected, ...keywords } = full;
  const within: Schema = {
    ...(properties && { properties: mapValues(properties, change) }),
    ...(items && { items: change(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'object' ? change(additionalProperties) : additionalProperties,
    }),
  };
  const moved = pick(keywords, [...inferred]);
  const isSame = Object.keys(moved).length === 0 && isDeepStrictEqual({ ...full, ...within }, full);
  if (isSame) return schema;
  const kept = Object.entries(keywords).filter(([keyword]) => !inferred.has(keyword));
  const limits = { ...moved, ...expected };
  return {
    ...Object.fromEntries(kept),
    ...within,
    ...(Object.keys(limits).length > 0 && { 'x-expected': limits }),
  };
}

/**
 * The keywords of a schema that no page shows: all keywords of an inferred schema, otherwise the keywords that the
 * schema names.
 */
function inferredLimits(schema: Schema, inherited: ReadonlySet<string>): ReadonlySet<string> {
  if (evidenceIn(schema) === 'inferred') return validationKeywords;
  return new Set([...inherited, ...Object.keys((schema as Partial<Evident>)['x-evidence-of'] ?? {})]);
}

function evidenceIn(schema: Schema): Evident['x-evidence'] | undefined {
  return (schema as Partial<Evident>)['x-evidence'];
}

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
 * Closes a schema. Unknown properties and unknown values of extensible enums become violations. Missing properties that
 * every example has become violations too, and so do values that the contract does not expect. Objects that declare
 * `additionalProperties` stay open, unless we expect no other property.
 */
export function closedSchema(contract: Contract, schema: Schema): Schema {
  const { $ref, ...besides } = schema;
  // If nothing changes the component here, its closed form is compiled once for all references.
  if ($ref && !changing.some((keyword) => keyword in besides))
    return { ...besides, $ref: $ref.replace(components, closedComponents) };
  const { 'x-extensible-enum': values, ...full } = flattenSchema(contract, schema);
  const expected = expectation(full);
  const usual = usualProperties(contract, schema);
  return {
    ...full,
    ...(values && { word: { known: values, isShown: isShown(full) } satisfies KnownWords }),
    ...(usual.length > 0 && { missing: usual }),
    ...(full.items && { items: closedSchema(contract, full.items) }),
    ...(full.properties && {
      properties: mapValues(full.properties, (property) => closedSchema(contract, property)),
    }),
    ...closedRest(contract, full),
    ...(expected && { allOf: [expected] }),
  };
}

/** What we expect of a value. To expect no other property, a schema has to know the names of the properties. */
export function expectation({ 'x-expected': expected, properties = {} }: Schema): Schema | undefined {
  return expected?.additionalProperties === false
    ? { ...expected, additionalProperties: false, properties: mapValues(properties, () => ({})) }
    : (expected as Schema | undefined);
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
    properties: Object.fromEntries(
      // The evidence of a parameter is beside its schema.
      parameters.map((parameter) => [
        parameter.name,
        { ...parameter.schema, ...evidenceKeywords(parameter) },
      ]),
    ),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

function evidenceKeywords(parameter: Evident): Partial<Evident> {
  const { 'x-evidence': evidence, 'x-evidence-of': aspects } = parameter;
  return { 'x-evidence': evidence, ...(aspects && { 'x-evidence-of': aspects }) };
}

/** Merges the target of `$ref` with the keywords beside it. The contract sets no keyword in both places. */
export function flattenSchema(contract: Contract, schema: Schema): Schema {
  if (!schema.$ref) return schema;
  const { $ref, ...beside } = schema;
  return { ...flattenSchema(contract, resolve<Schema>(contract, { $ref })), ...beside };
}

/** Whether a value of the schema may be shown, because it cannot be a person's data or a secret. */
export function isShown({ 'x-data-classification': classification }: Schema): boolean {
  return classification?.sensitivity === 'public' || classification?.sensitivity === 'internal';
}

function pick<T>(record: Record<string, T>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}

import { markings, type Schema } from '../contract/contract.ts';
import { mapValues } from '../contract/operations.ts';

/** Keywords that neither describe nor limit a value. */
const annotations = new Set(['description', 'title', 'example', 'examples', ...markings]);

/** Changes the keywords of one schema. */
type Change = (schema: Schema) => Schema;

/** Removes annotations from a schema, and adds the keywords that a value is expected to satisfy. */
export function bareSchema(schema: Schema): Schema {
  return withoutAnnotations(schema, ({ 'x-expected': expected, ...kept }) => ({ ...kept, ...expected }));
}

/** Removes everything from a schema that does not limit a value. */
export function limitingSchema(schema: Schema): Schema {
  return withoutAnnotations(schema, ({ 'x-expected': _, 'x-extensible-enum': __, ...kept }) => kept);
}

/** A property that has the name of an annotation stays. */
function withoutAnnotations(schema: Schema, change: Change): Schema {
  const kept = Object.entries(change(schema)).filter(([keyword]) => !annotations.has(keyword));
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, changeKeyword(keyword, value, change)]));
}

function changeKeyword(keyword: string, value: unknown, change: Change): unknown {
  const changeSchema = (given: Schema) => withoutAnnotations(given, change);
  if (keyword === 'properties') return mapValues(value as Record<string, Schema>, changeSchema);
  if (Array.isArray(value)) return value.map((item) => (isSchema(item) ? changeSchema(item) : item));
  return isSchema(value) ? changeSchema(value) : value;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

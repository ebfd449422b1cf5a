import type { BareSchema } from '@partner-ecosystem/openapi/schemas';
import { type Derive, fractionIn } from '../seed/derive.ts';
import { resolve } from './resolve.ts';

/** How much of an object to generate: its required properties, or every property that the contract names. */
export type Extent = 'required' | 'everything';

/**
 * Generates a value that is valid against a schema. Each part depends only on the seed, the key and its JSON pointer:
 * adding, removing or moving a property changes no other property.
 *
 * @throws Error for a keyword that the generator cannot satisfy, because an invalid value would mislead.
 */
export function generate(unresolved: BareSchema, derive: Derive, key: string, extent: Extent): unknown {
  return make(unresolved, '', { derive, key, extent });
}

interface Source {
  readonly derive: Derive;
  readonly key: string;
  readonly extent: Extent;
}

function make(unresolved: BareSchema, pointer: string, source: Source): unknown {
  const schema = resolve(unresolved);
  const unknown = Object.keys(schema).find((keyword) => !known.has(keyword));
  if (unknown) throw new Error(`The generator cannot satisfy ${unknown} at ${pointer || 'the root'}.`);
  const digits = source.derive(`${source.key} ${pointer}`);
  if (schema.enum) return pick(schema.enum, digits);
  switch (typeOf(schema)) {
    case 'object':
      return makeObject(schema, pointer, source);
    case 'array':
      return makeArray(schema, pointer, source);
    case 'string':
      return makeString(schema, digits);
    case 'integer':
    case 'number':
      return makeNumber(schema, digits);
    case 'boolean':
      return Number.parseInt(digits.slice(0, 1), 16) % 2 === 0;
    default:
      return null;
  }
}

const known = new Set([
  ...['type', 'enum', 'x-extensible-enum', 'properties', 'required', 'additionalProperties', 'minProperties'],
  ...['items', 'minItems', 'maxItems', 'uniqueItems', 'minLength', 'pattern', 'format', 'minimum', 'maximum'],
  'writeOnly',
]);

/** Takes the first of several types. A schema without a type is recognised by its other keywords. */
function typeOf({ type, properties, items }: BareSchema): string {
  if (typeof type === 'string') return type;
  if (type) return type[0] ?? 'null';
  if (properties) return 'object';
  return items ? 'array' : 'string';
}

function makeObject(schema: BareSchema, pointer: string, source: Source): unknown {
  const { properties = {}, required = [], additionalProperties } = schema;
  const minProperties = Number(schema['minProperties'] ?? 0);
  const names = Object.keys(properties).filter(
    (name) => source.extent === 'everything' || required.includes(name),
  );
  const undescribed = required.filter((name) => !Object.hasOwn(properties, name));
  const spare = Object.keys(properties).filter((name) => !names.includes(name));
  const missing = Math.max(0, minProperties - names.length - undescribed.length);
  const all = [...names, ...undescribed, ...spare.slice(0, missing)];
  const others = typeof additionalProperties === 'object' ? additionalProperties : {};
  for (let index = 0; all.length < minProperties; index++) all.push(`member${index}`);
  return Object.fromEntries(
    all.map((name) => [name, make(properties[name] ?? others, `${pointer}/${name}`, source)]),
  );
}

function makeArray({ items = {}, minItems }: BareSchema, pointer: string, source: Source): unknown {
  const length = Math.max(Number(minItems ?? 0), source.extent === 'everything' ? 1 : 0);
  return Array.from({ length }, (_, at) => make(items, `${pointer}/${at}`, source));
}

function makeString(schema: BareSchema, digits: string): string {
  const { pattern, format, minLength = 0 } = schema;
  const words = schema['x-extensible-enum'];
  if (words) return pick(words, digits);
  if (pattern !== undefined) {
    const fitting = [digits.slice(0, 24), `https://example.com/${digits}`, digits, '1/31/2024, 4:05:06 PM'];
    const found = fitting.find((text) => new RegExp(`${pattern}`, 'u').test(text));
    if (found === undefined) throw new Error(`The generator cannot satisfy the pattern ${pattern}.`);
    return found;
  }
  return textOf(`${format}`, digits).padEnd(Number(minLength), 'x');
}

/** Text that is obviously fake, in any format. */
function textOf(format: string, digits: string): string {
  switch (format) {
    case 'email':
      return `${digits.slice(0, 8)}@example.com`;
    case 'date-time':
      return new Date(Number.parseInt(digits.slice(0, 8), 16) * 1000).toISOString();
    case 'uri-reference':
      return `https://example.com/${digits.slice(0, 12)}`;
    case 'object-id':
      return digits.slice(0, 24);
    case 'media-range':
      return 'application/octet-stream';
    case 'binary':
      return `data:text/plain;base64,${btoa(digits)}`;
    default:
      return `example-${digits.slice(0, 8)}`;
  }
}

function makeNumber({ minimum, maximum, type }: BareSchema, digits: string): number {
  const lowest = typeof minimum === 'number' ? minimum : 0;
  const highest = typeof maximum === 'number' ? maximum : lowest + 0xffff_ffff;
  const value = lowest + fractionIn(digits) * (highest - lowest);
  return type === 'integer' || highest - lowest > 1000 ? Math.floor(value) : value;
}

function pick<Item>(items: readonly Item[], digits: string): Item {
  return items[Number.parseInt(digits.slice(0, 8), 16) % items.length] as Item; // No list in the contract is empty.
}

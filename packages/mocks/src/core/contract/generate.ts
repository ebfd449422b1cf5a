import type { BareSchema } from '@partner-ecosystem/openapi/schemas';
import type { Derive } from '../seed/derive.ts';
import { resolve } from './resolve.ts';

/** How much of an object is made: what it must have, or all that the contract names. */
export type Extent = 'required' | 'everything';

/**
 * A value that holds to a schema. Each part of it depends on the seed, the key and its JSON pointer alone, so that a
 * member which comes, goes or moves changes no other.
 *
 * @throws Error for a keyword that it cannot satisfy, because a value that merely looks right would mislead.
 */
export function generate(unresolved: BareSchema, derive: Derive, key: string, extent: Extent): unknown {
  return make(unresolved, '', { derive, key, extent });
}

interface Making {
  readonly derive: Derive;
  readonly key: string;
  readonly extent: Extent;
}

function make(unresolved: BareSchema, pointer: string, making: Making): unknown {
  const schema = resolve(unresolved);
  const unknown = Object.keys(schema).find((keyword) => !known.has(keyword));
  if (unknown) throw new Error(`The generator cannot satisfy ${unknown} at ${pointer || 'the root'}.`);
  const digits = making.derive(`${making.key} ${pointer}`);
  if (schema.enum) return pick(schema.enum, digits);
  switch (typeOf(schema)) {
    case 'object':
      return makeObject(schema, pointer, making);
    case 'array':
      return makeArray(schema, pointer, making);
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

const known: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'x-extensible-enum', 'properties', 'required', 'additionalProperties', 'minProperties'],
  ...['items', 'minItems', 'maxItems', 'uniqueItems', 'minLength', 'pattern', 'format', 'minimum', 'maximum'],
  'writeOnly',
]);

/** Of several types the first; without any, an object says so by its members. */
function typeOf({ type, properties, items }: BareSchema): string {
  if (typeof type === 'string') return type;
  if (type) return type[0] ?? 'null';
  if (properties) return 'object';
  return items ? 'array' : 'string';
}

function makeObject(schema: BareSchema, pointer: string, making: Making): unknown {
  const { properties = {}, required = [], additionalProperties } = schema;
  const minProperties = Number(schema['minProperties'] ?? 0);
  const names = Object.keys(properties).filter(
    (name) => making.extent === 'everything' || required.includes(name),
  );
  const undescribed = required.filter((name) => !Object.hasOwn(properties, name));
  const spare = Object.keys(properties).filter((name) => !names.includes(name));
  const missing = Math.max(0, minProperties - names.length - undescribed.length);
  const all = [...names, ...undescribed, ...spare.slice(0, missing)];
  const others = typeof additionalProperties === 'object' ? additionalProperties : {};
  for (let index = 0; all.length < minProperties; index++) all.push(`member${index}`);
  return Object.fromEntries(
    all.map((name) => [name, make(properties[name] ?? others, `${pointer}/${name}`, making)]),
  );
}

function makeArray({ items = {}, minItems }: BareSchema, pointer: string, making: Making): unknown {
  const length = Math.max(Number(minItems ?? 0), making.extent === 'everything' ? 1 : 0);
  return Array.from({ length }, (_, at) => make(items, `${pointer}/${at}`, making));
}

function makeString(schema: BareSchema, digits: string): string {
  const { pattern, format, minLength = 0 } = schema;
  const words = schema['x-extensible-enum'];
  if (words) return pick(words, digits);
  if (pattern !== undefined) {
    const fitting = [digits.slice(0, 24), `https://example.com/${digits}`, digits];
    const found = fitting.find((text) => new RegExp(`${pattern}`, 'u').test(text));
    if (found === undefined) throw new Error(`The generator cannot satisfy the pattern ${pattern}.`);
    return found;
  }
  return textOf(`${format}`, digits).padEnd(Number(minLength), 'x');
}

/** Obviously made up, whatever it is for. */
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
  const point = Number.parseInt(digits.slice(0, 8), 16) / 2 ** 32;
  const value = lowest + point * (highest - lowest);
  return type === 'integer' || highest - lowest > 1000 ? Math.floor(value) : value;
}

function pick<Item>(items: readonly Item[], digits: string): Item {
  return items[Number.parseInt(digits.slice(0, 8), 16) % items.length] as Item; // The contract has no empty list.
}

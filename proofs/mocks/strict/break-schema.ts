import type { BareSchema } from '@partner-ecosystem/openapi/schemas';
import { resolve } from '../../../packages/mocks/src/core/contract/resolve.ts';
import { isObject } from '../../../packages/mocks/src/core/json/json-value.ts';

/** A body that breaks one keyword of its schema in one place. */
interface BrokenBody {
  readonly body: unknown;
  /** JSON pointer to the place. */
  readonly pointer: string;
  readonly keyword: string;
}

/** Breaks a valid body in every way, one rule at a time. */
export function breakSchema(unresolved: BareSchema, body: unknown): BrokenBody[] {
  const schema = resolve(unresolved);
  return [
    ...brokenValues(schema, body).map(([keyword, broken]) => ({ body: broken, pointer: '', keyword })),
    ...(isObject(body) ? breakProperties(schema, body) : []),
    ...(Array.isArray(body) ? breakItems(schema, body) : []),
  ];
}

function brokenValues(schema: BareSchema, value: unknown): [keyword: string, value: unknown][] {
  const { type, pattern, enum: words } = schema;
  const { minLength, minItems, maxItems, minProperties, uniqueItems } = schema as {
    [keyword: string]: unknown;
  };
  const broken: [string, unknown][] = otherTypes(type).map((other) => ['type', other]);
  if (typeof pattern === 'string') {
    const texts = ['not at all', '{}', 'ZZZZ'].filter((text) => !new RegExp(pattern, 'u').test(text));
    broken.push(...texts.map((text): [string, unknown] => ['pattern', text]));
  }
  if (words) {
    const others = ['no such word', `${words[0]} `, `${words[0]}`.toUpperCase()];
    broken.push(...others.map((word): [string, unknown] => ['enum', word]));
  }
  if (minLength === 1 && typeof value === 'string' && !pattern) broken.push(['minLength', '']);
  if (typeof minItems === 'number' && minItems > 0) broken.push(['minItems', []]);
  if (typeof maxItems === 'number' && Array.isArray(value))
    broken.push(['maxItems', Array(maxItems + 1).fill(value[0])]);
  if (uniqueItems === true && Array.isArray(value) && value.length > 0)
    broken.push(['uniqueItems', [...value, value[0]]]);
  if (typeof minProperties === 'number') broken.push(['minProperties', {}]);
  return broken;
}

const valuesByType: Readonly<Record<string, readonly unknown[]>> = {
  null: [null],
  boolean: [true, false],
  number: [7, 0.5],
  string: ['text'],
  array: [[], ['text']],
  object: [{}, { text: 'text' }],
};

/** Values of the types that the schema does not allow. */
function otherTypes(type: BareSchema['type']): unknown[] {
  if (type === undefined) return [];
  const allowed = [type].flat();
  return Object.entries(valuesByType).flatMap(([name, values]) => (allowed.includes(name) ? [] : values));
}

function breakProperties(schema: BareSchema, body: { readonly [name: string]: unknown }): BrokenBody[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.map((name) => {
    const { [name]: _, ...rest } = body;
    return { body: rest, pointer: `/${name}`, keyword: 'required' };
  });
  const added = { body: { ...body, another: 'x' }, pointer: '/*', keyword: 'additionalProperties' };
  const others = typeof additionalProperties === 'object' ? additionalProperties : {};
  const nested = Object.entries(body).flatMap(([name, value]) =>
    breakSchema(properties[name] ?? others, value).map((broken) => ({
      ...broken,
      body: { ...body, [name]: broken.body },
      // A name that the contract does not have is not shown.
      pointer: `/${Object.hasOwn(properties, name) ? name : '*'}${broken.pointer}`,
    })),
  );
  return [...missing, ...(additionalProperties === false ? [added] : []), ...nested];
}

function breakItems({ items = {} }: BareSchema, body: readonly unknown[]): BrokenBody[] {
  return body.flatMap((item, index) =>
    breakSchema(items, item).map((broken) => ({
      ...broken,
      body: body.with(index, broken.body),
      pointer: `/${index}${broken.pointer}`,
    })),
  );
}

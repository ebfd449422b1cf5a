import type { BareSchema } from '@partner-ecosystem/openapi/schemas';
import { resolve } from '../../packages/mocks/src/core/contract/resolve.ts';
import { isObject } from '../../packages/mocks/src/core/json/is-object.ts';

/** A body that breaks one keyword of its schema in one place. */
export interface Broken {
  readonly body: unknown;
  /** JSON pointer to the place. */
  readonly pointer: string;
  readonly keyword: string;
}

/** Every way to break one rule of a schema in a body that keeps to it, rule by rule. */
export function breakSchema(unresolved: BareSchema, body: unknown): Broken[] {
  const schema = resolve(unresolved);
  return [
    ...breakHere(schema, body),
    ...(isObject(body) ? breakMembers(schema, body) : []),
    ...(Array.isArray(body) ? breakItems(schema, body) : []),
  ];
}

function breakHere(schema: BareSchema, value: unknown): Broken[] {
  const { type, pattern, enum: words } = schema;
  const [minLength, minItems, maxItems, minProperties] = [
    'minLength',
    'minItems',
    'maxItems',
    'minProperties',
  ].map((keyword) => schema[keyword]);
  const broken: Broken[] = [];
  const add = (keyword: string, body: unknown) => broken.push({ body, pointer: '', keyword });
  for (const other of wrongTypes(type)) add('type', other);
  if (typeof pattern === 'string')
    for (const text of ['not at all', '{}', 'ZZZZ'].filter((each) => !new RegExp(pattern, 'u').test(each)))
      add('pattern', text);
  if (words)
    for (const word of ['no such word', `${words[0]} `, `${words[0]}`.toUpperCase()]) add('enum', word);
  if (minLength === 1 && typeof value === 'string' && !pattern) add('minLength', '');
  if (typeof minItems === 'number' && minItems > 0) add('minItems', []);
  if (typeof maxItems === 'number' && Array.isArray(value))
    add('maxItems', Array(maxItems + 1).fill(value[0]));
  if (schema['uniqueItems'] === true && Array.isArray(value) && value.length > 0)
    add('uniqueItems', [...value, value[0]]);
  if (typeof minProperties === 'number') add('minProperties', {});
  return broken;
}

/** Values of every type that is not asked for. */
function wrongTypes(type: BareSchema['type']): unknown[] {
  if (type === undefined) return [];
  const asked = typeof type === 'string' ? [type] : type;
  const values: [string, unknown][] = [
    ['null', null],
    ['boolean', true],
    ['boolean', false],
    ['number', 7],
    ['number', 0.5],
    ['string', 'text'],
    ['array', []],
    ['array', ['text']],
    ['object', {}],
    ['object', { text: 'text' }],
  ];
  return values.filter(([name]) => !asked.includes(name)).map(([, value]) => value);
}

function breakMembers(schema: BareSchema, body: { readonly [name: string]: unknown }): Broken[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.map((name) => {
    const { [name]: _, ...rest } = body;
    return { body: rest, pointer: `/${name}`, keyword: 'required' };
  });
  const extra =
    additionalProperties === false
      ? [{ body: { ...body, another: 'x' }, pointer: '/another', keyword: 'additionalProperties' }]
      : [];
  const below = Object.entries(body).flatMap(([name, member]) => {
    const others = typeof additionalProperties === 'object' ? additionalProperties : {};
    return breakSchema(properties[name] ?? others, member).map((broken) => ({
      body: { ...body, [name]: broken.body },
      pointer: `/${name}${broken.pointer}`,
      keyword: broken.keyword,
    }));
  });
  return [...missing, ...extra, ...below];
}

function breakItems({ items = {} }: BareSchema, body: readonly unknown[]): Broken[] {
  return body.flatMap((item, at) =>
    breakSchema(items, item).map((broken) => ({
      body: body.map((other, place) => (place === at ? broken.body : other)),
      pointer: `/${at}${broken.pointer}`,
      keyword: broken.keyword,
    })),
  );
}

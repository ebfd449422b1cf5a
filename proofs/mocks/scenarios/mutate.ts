import type { Random } from '../run/random.ts';

/** A JSON value with one mistake, and the place of the mistake. */
export interface Mutation {
  readonly value: unknown;
  readonly pointer: string;
  readonly what: string;
}

const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  8e15,
  '',
  'constructor',
  '__proto__',
  '\ud800\u0000',
  'image/png\r\nx: y',
  '9999999999d',
  [],
  {},
  [null],
  { a: { b: 1 } },
];

/** Makes one mistake somewhere in a value: removes, adds, renames or replaces a property or an item. */
export function mutate(random: Random, value: unknown, pointer = ''): Mutation {
  const children = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (children.length === 0 || random.oneIn(6)) return replace(random, value, pointer);
  const key = random.pick(children);
  const entries = Object.entries(Object(value));
  const place = `${pointer}/${key}`;
  if (!random.oneIn(4)) {
    const below = mutate(random, Reflect.get(Object(value), key), place);
    return {
      ...below,
      value: rebuilt(
        value,
        entries.map(([name, each]) => [name, name === key ? below.value : each]),
      ),
    };
  }
  switch (random.below(3)) {
    case 0:
      return {
        value: rebuilt(
          value,
          entries.filter(([name]) => name !== key),
        ),
        pointer: place,
        what: 'removed',
      };
    case 1: {
      const added: [string, unknown] = [
        `${random.pick(['extra', '__proto__', 'status', key])}x`,
        random.pick(oddValues),
      ];
      return { value: rebuilt(value, [...entries, added]), pointer: place, what: 'added' };
    }
    default:
      return {
        value: rebuilt(
          value,
          entries.map(([name, each]) => [name === key ? `${name}x` : name, each]),
        ),
        pointer: place,
        what: 'renamed',
      };
  }
}

function replace(random: Random, value: unknown, pointer: string): Mutation {
  if (typeof value === 'number' && random.oneIn(2))
    return { value: value + random.pick([-1, 1, -1e6, 1e6, 0.5]), pointer, what: 'changed' };
  if (typeof value === 'string' && random.oneIn(2))
    return {
      value: random.pick([value.slice(1), `${value}x`, value.toUpperCase()]),
      pointer,
      what: 'changed',
    };
  const odd = random.pick(oddValues);
  return { value: odd, pointer, what: `replaced by ${JSON.stringify(odd)}` };
}

function rebuilt(value: unknown, entries: readonly (readonly [string, unknown])[]): unknown {
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

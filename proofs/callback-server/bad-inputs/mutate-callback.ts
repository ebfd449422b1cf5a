import { webhooks as classified } from '@partner-ecosystem/openapi/classification';
import { webhooks } from '@partner-ecosystem/openapi/examples';

type Random = () => number;

/** What the contract names, so that each member is met, also one that no example holds. */
const pointers = pointersOf(classified.pending);
const samples = [webhooks.accept.accept, webhooks.reject.reject, webhooks.pending.pending];

/** Values of every kind, as they are written in JSON: of the wrong type for most members, or at the edge of the right one. */
const values = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '1.5',
  '1e308',
  '1e400',
  '9007199254740993',
  '""',
  '" "',
  '"accept"',
  '"Accepted"',
  '"REJECT"',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e"',
  '"<script>"',
  `"'; --"`,
  '"../../../packages/callback-server"',
  '"2026-13-45T99:99:99Z"',
  '"1700172800000"',
  '[]',
  '[[]]',
  '{}',
  '{"a":{}}',
  '{"__proto__":null}',
  `"${'x'.repeat(2000)}"`,
];
const names = [
  '__proto__',
  'constructor',
  '',
  ' ',
  'a/b',
  '~1',
  '\0',
  '\ud800',
  'toString',
  'ID',
  'Status',
  '1e3',
  '$ref',
];

/** A callback with one to three departures from the contract. It may still hold to it by chance. */
export function mutateCallback(random: Random): string {
  // What breaks the contract has no type of the contract's.
  const callback = structuredClone(pick(random, samples)) as unknown as Members;
  // So that most are not repeats of one another.
  set(
    callback,
    ['merchantData', 'id'],
    Math.floor(random() * 2 ** 48)
      .toString(16)
      .padStart(24, '0'),
  );
  const departures = 1 + Math.floor(random() * 3);
  for (let made = 0; made < departures; made++) pick(random, mutations)(callback, random);
  return mutateText(write(callback), random);
}

type Members = { [name: string]: unknown };

/** Stands for JSON that `JSON.stringify` would not write. */
class Written {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

const mutations: readonly ((callback: Members, random: Random) => void)[] = [
  (callback, random) => set(callback, pick(random, pointers), new Written(pick(random, values))),
  (callback, random) => set(callback, pick(random, pointers), undefined),
  (callback, random) =>
    set(
      callback,
      [...pick(random, pointers).slice(0, -1), pick(random, names)],
      new Written(pick(random, values)),
    ),
  (callback, random) => {
    const [from, to] = [pick(random, pointers), pick(random, pointers)];
    set(callback, to, new Written(write(get(callback, from))));
  },
  (callback, random) => {
    const pointer = pick(random, pointers);
    set(callback, pointer, new Written(`[${write(get(callback, pointer))}]`));
  },
  (callback, random) =>
    set(callback, [...pick(random, pointers), 'deeper'], new Written(pick(random, values))),
];

/** Now and then the text itself is broken: cut, doubled, or with a byte changed. */
function mutateText(text: string, random: Random): string {
  const at = Math.floor(random() * text.length);
  const kind = random();
  if (kind < 0.03) return text.slice(0, at);
  if (kind < 0.06)
    return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(at + 1);
  if (kind < 0.08) return text.slice(0, at) + text.slice(Math.floor(random() * text.length));
  if (kind < 0.1) return text.replace('"status"', '"status":"reject","status"');
  return text;
}

function write(value: unknown): string {
  if (value instanceof Written) return value.json;
  if (Array.isArray(value)) return `[${value.map(write)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`)}}`;
}

function set(callback: Members, pointer: readonly string[], value: unknown): void {
  const name = pointer.at(-1) ?? '';
  const parent = get(callback, pointer.slice(0, -1));
  if (typeof parent !== 'object' || parent === null || parent instanceof Written) return;
  if (value === undefined) Reflect.deleteProperty(parent, name);
  // An own member, whatever its name.
  else Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
}

function get(callback: Members, pointer: readonly string[]): unknown {
  let value: unknown = callback;
  for (const name of pointer) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Members)[name];
  }
  return value;
}

function pointersOf(node: unknown, pointer: readonly string[] = []): string[][] {
  const properties = typeof node === 'object' && node !== null && 'properties' in node ? node.properties : {};
  return Object.entries(properties as Members).flatMap(([name, member]) => [
    [...pointer, name],
    ...pointersOf(member, [...pointer, name]),
  ]);
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}

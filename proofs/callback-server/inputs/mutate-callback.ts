import { webhooks as classified } from '@partner-ecosystem/openapi/classification';
import { webhooks } from '@partner-ecosystem/openapi/examples';
import { merchantId } from '../load/example-callback.ts';

/** Returns numbers from 0 (included) to 1 (excluded). */
export type Random = () => number;

/** The properties that the contract names, so that properties without an example are mutated too. */
const pointers = pointersOf(classified.pending);
const samples = [webhooks.accept.accept, webhooks.reject.reject, webhooks.pending.pending];

/** JSON text that `JSON.stringify` would not write. */
class JsonText {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

/** JSON values of every kind. They have the wrong type for most properties, or are at the edge of the right type. */
const values = [
  ...'null true false 0 -1 1.5 1e308 1e400 9007199254740993'.split(' '),
  ...'[] [[]] {} {"a":{}} {"__proto__":null}'.split(' '),
  ...String.raw`"" "accept" "Accepted" "REJECT" "\u0000" "\ud800" "\u202e" "<script>"`.split(' '),
  '" "',
  '"1700172800000"',
  `"'; --"`,
  '"../../../packages/callback-server"',
  '"2026-13-45T99:99:99Z"',
  `"${'x'.repeat(2000)}"`,
].map((json) => new JsonText(json));
const names = [
  ...'__proto__ constructor toString a/b ~1 ID Status 1e3 $ref'.split(' '),
  ...['', ' ', '\0', '\ud800'],
];

/** Returns a callback with one to three changes. Most of them violate the contract. */
export function mutateCallback(random: Random): string {
  // A callback that violates the contract has none of the contract's types.
  const callback = structuredClone(pick(random, samples)) as unknown as Properties;
  // With an id of its own, so that few callbacks are repeats.
  set(callback, ['merchantData', 'id'], merchantId(Math.floor(random() * 2 ** 48)));
  const changes = 1 + Math.floor(random() * 3);
  for (let made = 0; made < changes; made++) pick(random, mutations)(callback, random);
  return mutateText(write(callback), random);
}

type Properties = { [name: string]: unknown };

const mutations: readonly ((callback: Properties, random: Random) => void)[] = [
  (callback, random) => set(callback, pick(random, pointers), pick(random, values)),
  (callback, random) => set(callback, pick(random, pointers), undefined),
  (callback, random) =>
    set(callback, [...pick(random, pointers).slice(0, -1), pick(random, names)], pick(random, values)),
  (callback, random) => {
    const [from, to] = [pick(random, pointers), pick(random, pointers)];
    set(callback, to, new JsonText(write(get(callback, from))));
  },
  (callback, random) => {
    const pointer = pick(random, pointers);
    set(callback, pointer, new JsonText(`[${write(get(callback, pointer))}]`));
  },
  (callback, random) => set(callback, [...pick(random, pointers), 'deeper'], pick(random, values)),
];

/** Breaks one text in ten: cuts it, drops or repeats a part, changes a character, or adds a second status. */
function mutateText(text: string, random: Random): string {
  const position = Math.floor(random() * text.length);
  const kind = random();
  if (kind < 0.03) return text.slice(0, position);
  if (kind < 0.06)
    return (
      text.slice(0, position) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(position + 1)
    );
  if (kind < 0.08) return text.slice(0, position) + text.slice(Math.floor(random() * text.length));
  if (kind < 0.1) return text.replace('"status"', '"status":"reject","status"');
  return text;
}

function write(value: unknown): string {
  if (value instanceof JsonText) return value.json;
  if (Array.isArray(value)) return `[${value.map(write)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value).map(([name, property]) => `${JSON.stringify(name)}:${write(property)}`)}}`;
}

function set(callback: Properties, pointer: readonly string[], value: unknown): void {
  const name = pointer.at(-1) ?? '';
  const parent = get(callback, pointer.slice(0, -1));
  if (typeof parent !== 'object' || parent === null || parent instanceof JsonText) return;
  if (value === undefined) Reflect.deleteProperty(parent, name);
  // An own property, even if it is named __proto__.
  else Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
}

function get(callback: Properties, pointer: readonly string[]): unknown {
  let value: unknown = callback;
  for (const name of pointer) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Properties)[name];
  }
  return value;
}

function pointersOf(node: unknown, pointer: readonly string[] = []): string[][] {
  const properties = typeof node === 'object' && node !== null && 'properties' in node ? node.properties : {};
  return Object.entries(properties as Properties).flatMap(([name, property]) => [
    [...pointer, name],
    ...pointersOf(property, [...pointer, name]),
  ]);
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('There is no item to pick.');
  return item;
}

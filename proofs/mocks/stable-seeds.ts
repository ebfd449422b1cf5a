import { type BareSchema, responses, webhooks } from '@partner-ecosystem/openapi/schemas';
import { generate } from '../../packages/mocks/src/core/contract/generate.ts';
import { resolve } from '../../packages/mocks/src/core/contract/resolve.ts';
import { createDerive } from '../../packages/mocks/src/core/seed/derive.ts';
import { createDice, type Dice } from './dice.ts';
import { readFlags } from './flags.ts';

// Proof: a member that is added to a schema, taken away or moved changes no other value that is made from it, so that a
// seed means the same after the contract has changed. Run as `npm run mocks:stable-seeds`.
const { edits, seed } = readFlags({ edits: 300 });
const dice = createDice(seed);
const derive = createDerive(seed);
const bodies = [
  ...Object.values(responses).flatMap((byStatus) => Object.values(byStatus)),
  ...Object.values(webhooks),
]
  .map(inline)
  .filter(hasMembers);
const counts = { added: 0, removed: 0, reordered: 0 };
const changed: string[] = [];
let compared = 0;
for (let round = 0; round < edits; round++) {
  const schema = dice.pick(bodies);
  const edit = dice.pick(['added', 'removed', 'reordered'] as const);
  const { edited, pointer } = editSomewhere(schema, edit, dice);
  counts[edit]++;
  const key = `entity ${dice.below(1000)}`;
  const [before, after] = [schema, edited].map((each) =>
    leavesOf(generate(each, derive, key, 'everything'), ''),
  );
  for (const [place, value] of before ?? [])
    if (place !== pointer && !place.startsWith(`${pointer}/`)) {
      compared++;
      if (after?.get(place) !== value)
        changed.push(`${edit} ${pointer}: ${place} was ${value}, is ${after?.get(place)}`);
    }
}
console.log(
  `${edits} edits (${JSON.stringify(counts)}), ${compared} other values: ${changed.length} changed (seed ${seed}).`,
);
for (const change of changed.slice(0, 20)) console.log(change);
process.exitCode = changed.length === 0 && compared > 0 ? 0 : 1;

/** A schema with everything in its place that it refers to. */
function inline(unresolved: BareSchema): BareSchema {
  const { properties, items, ...schema } = resolve(unresolved);
  return {
    ...schema,
    ...(properties && { properties: mapValues(properties, inline) }),
    ...(items && { items: inline(items) }),
  };
}

/** Whether there is something to edit in a schema. */
function hasMembers({ properties = {}, items }: BareSchema): boolean {
  return Object.keys(properties).length > 0 || (items !== undefined && hasMembers(items));
}

/** Edits one object of a schema, somewhere in it, and says which member it was that came or went. */
function editSomewhere(
  schema: BareSchema,
  edit: keyof typeof counts,
  dice: Dice,
  pointer = '',
): { readonly edited: BareSchema; readonly pointer: string } {
  const { properties = {}, required = [], items } = schema;
  if (items) {
    const below = editSomewhere(items, edit, dice, `${pointer}/0`);
    return { ...below, edited: { ...schema, items: below.edited } };
  }
  const nested = Object.keys(properties).filter((each) => properties[each] && hasMembers(properties[each]));
  const name = nested.length > 0 && !dice.onceIn(3) ? dice.pick(nested) : undefined;
  const member = name === undefined ? undefined : properties[name];
  if (name !== undefined && member) {
    const below = editSomewhere(member, edit, dice, `${pointer}/${name}`);
    return { ...below, edited: { ...schema, properties: { ...properties, [name]: below.edited } } };
  }
  const entries = Object.entries(properties);
  const optional = Object.keys(properties).filter((each) => !required.includes(each));
  if (edit === 'reordered')
    return {
      edited: { ...schema, properties: Object.fromEntries(entries.toReversed()) },
      pointer: `${pointer}/ `,
    };
  if (edit === 'added' || optional.length === 0) {
    const place = dice.below(entries.length + 1);
    const added: [string, BareSchema] = [`added ${dice.word()}`, { type: 'string' }];
    const with_ = [...entries.slice(0, place), added, ...entries.slice(place)];
    return {
      edited: { ...schema, properties: Object.fromEntries(with_) },
      pointer: `${pointer}/${added[0]}`,
    };
  }
  const gone = dice.pick(optional);
  const without = entries.filter(([each]) => each !== gone);
  return { edited: { ...schema, properties: Object.fromEntries(without) }, pointer: `${pointer}/${gone}` };
}

function leavesOf(value: unknown, pointer: string): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[pointer, value]]);
  return new Map(
    Object.entries(value).flatMap(([name, member]) => [...leavesOf(member, `${pointer}/${name}`)]),
  );
}

function mapValues<Value, Result>(
  record: { readonly [name: string]: Value },
  map: (value: Value) => Result,
): { readonly [name: string]: Result } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

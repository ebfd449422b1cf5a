import { type BareSchema, responses, webhooks } from '@partner-ecosystem/openapi/schemas';
import { generate } from '../../packages/mocks/src/core/contract/generate.ts';
import { resolve } from '../../packages/mocks/src/core/contract/resolve.ts';
import { createDerive } from '../../packages/mocks/src/core/seed/derive.ts';
import { readFlags, report } from './run/command-line.ts';

// Proof: to add, remove or move a property of a schema changes no other generated value, so that a seed keeps its meaning
// when the contract changes. The proof makes every such edit once. Run as `npm run mocks:stable-seeds`.
const { seed } = readFlags({});
const derive = createDerive(seed);
const schemas = [
  ...Object.values(responses).flatMap((byStatus) => Object.values(byStatus)),
  ...Object.values(webhooks),
];
const counts = { added: 0, removed: 0, reordered: 0 };
const changes: string[] = [];
let compared = 0;
for (const schema of schemas.map(inline)) {
  const before = valuesOf(schema);
  for (const { kind, pointer, edited } of editsOf(schema, '')) {
    counts[kind]++;
    const after = valuesOf(edited);
    for (const [place, value] of before)
      if (place !== pointer && !place.startsWith(`${pointer}/`)) {
        compared++;
        if (after.get(place) !== value)
          changes.push(`${kind} ${pointer}: ${place} was ${value}, is ${after.get(place)}`);
      }
  }
}
const edits = counts.added + counts.removed + counts.reordered;
report(
  [
    `${edits} edits (${JSON.stringify(counts)}), ${compared} other values: ${changes.length} changed (seed ${seed}).`,
  ],
  changes,
  changes.length === 0 && compared > 0,
);

interface Edit {
  readonly kind: keyof typeof counts;
  /** JSON pointer to the property that was added or removed. A pointer to no value if properties moved. */
  readonly pointer: string;
  readonly edited: BareSchema;
}

/** Yields every edit of every object in a schema. */
function* editsOf(schema: BareSchema, pointer: string): Generator<Edit> {
  const { properties = {}, required = [], items } = schema;
  if (items)
    for (const edit of editsOf(items, `${pointer}/0`))
      yield { ...edit, edited: { ...schema, items: edit.edited } };
  const entries = Object.entries(properties);
  const withEntries = (changed: readonly (readonly [string, BareSchema])[]) => ({
    ...schema,
    properties: Object.fromEntries(changed),
  });
  if (entries.length > 1)
    yield { kind: 'reordered', pointer: `${pointer}/ `, edited: withEntries(entries.toReversed()) };
  for (const [index, [name, property]] of entries.entries()) {
    const added = entries.toSpliced(index, 0, ['added property', { type: 'string' }]);
    yield { kind: 'added', pointer: `${pointer}/added property`, edited: withEntries(added) };
    if (!required.includes(name))
      yield {
        kind: 'removed',
        pointer: `${pointer}/${name}`,
        edited: withEntries(entries.toSpliced(index, 1)),
      };
    for (const edit of editsOf(property, `${pointer}/${name}`))
      yield { ...edit, edited: withEntries(entries.with(index, [name, edit.edited])) };
  }
}

/** Replaces all references with the schemas they name. */
function inline(unresolved: BareSchema): BareSchema {
  const { properties, items, ...schema } = resolve(unresolved);
  const inlined = Object.entries(properties ?? {}).map(([name, property]) => [name, inline(property)]);
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(inlined) }),
    ...(items && { items: inline(items) }),
  };
}

/** Generates a value and returns its leaves by JSON pointer. */
function valuesOf(schema: BareSchema): Map<string, unknown> {
  return new Map(leavesOf(generate(schema, derive, 'entity', 'everything'), ''));
}

function leavesOf(value: unknown, pointer: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[pointer, value]];
  return Object.entries(value).flatMap(([name, property]) => leavesOf(property, `${pointer}/${name}`));
}

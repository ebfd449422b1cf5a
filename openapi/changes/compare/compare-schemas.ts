import type { Change, Location } from '../impact/change.ts';
import { compareFields, type Field } from './compare-by-name.ts';
import { compareKeywords, createChange } from './compare-keywords.ts';
import {
  absentChild,
  childOf,
  childPair,
  childrenOf,
  emptyValue,
  itemsOf,
  type Node,
  type Pair,
} from './node.ts';

/** Compares two schemas for values that travel in one direction. Recursive schemas are allowed. */
export function compareSchemas(pair: Pair, location: Location): Generator<Change> {
  const seen = new Set<string>();
  return compare(pair);

  function* compare(pair: Pair): Generator<Change> {
    const key = keyOf(pair);
    if (seen.has(key)) return;
    seen.add(key);
    if (pair.base.value === false || pair.revision.value === false)
      return yield* compareFalseSchema(pair, location);

    yield* compareKeywords(pair, location, ['properties', 'required', 'items', 'additionalProperties']);
    yield* compareFields(pair, location, (schema) => propertiesOf(schema, location), compare);
    yield* compare(childPair(pair, 'items'));
    yield* compare(childPair(pair, 'additionalProperties'));
  }
}

function keyOf({ base, revision }: Pair): string {
  return [base, revision].map(({ pointer, value }) => (value === emptyValue ? '' : pointer)).join(' ');
}

/** Compares a pair with the schema `false`, which accepts no value. Its usual place is `additionalProperties`. */
function* compareFalseSchema({ base, revision }: Pair, location: Location): Generator<Change> {
  if (base.value === revision.value) return;
  const kind = revision.value === false ? 'limit-tightened' : 'limit-loosened';
  const keyword = revision.pointer.split('/').at(-1);
  const detail = `${keyword}: ${base.value !== false} → ${revision.value !== false}`;
  yield createChange(kind, location, revision, detail);
}

/** The properties sent in a direction. Partners send no read-only property. The provider sends no write-only property. */
function propertiesOf(schema: Node, { direction }: Location): Map<string, Field> {
  const required = itemsOf(childOf(schema, 'required')).map(({ value }) => String(value));
  const nodes = new Map([
    ...required.map((name) => [name, absentChild(schema, name)] as const),
    ...childrenOf(childOf(schema, 'properties')),
  ]);
  const isSentByPartner = direction === 'request' || direction === 'acknowledgement';
  const unsent = isSentByPartner ? 'readOnly' : 'writeOnly';
  return new Map(
    [...nodes]
      .filter(([, node]) => childOf(node, unsent)?.value !== true)
      .map(([name, node]) => [name, { ...node, required: required.includes(name) }]),
  );
}

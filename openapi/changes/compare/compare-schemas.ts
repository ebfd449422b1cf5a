import type { Change, Course } from '../impact/change.ts';
import { compareMembers, type Member } from './compare-fields.ts';
import { changeOf, compareKeywords } from './compare-keywords.ts';
import {
  absentMember,
  anything,
  itemsOf,
  memberOf,
  membersOf,
  type Node,
  type Pair,
  pairOf,
} from './node.ts';

const walked = ['properties', 'required', 'items', 'additionalProperties'];

/** Compares two schemas as a value meets them that travels in one direction. A schema may hold itself. */
export function compareSchemas(pair: Pair, course: Course): Generator<Change> {
  return compare(pair, new Set());

  function* compare(pair: Pair, seen: Set<string>): Generator<Change> {
    const place = placeOf(pair);
    if (seen.has(place)) return;
    seen.add(place);
    if (pair.base.value === false || pair.revision.value === false)
      return yield* compareRefusal(pair, course);

    yield* compareKeywords(pair, course, walked);
    const [base, revision] = [schemaMembers(pair.base, course), schemaMembers(pair.revision, course)];
    yield* compareMembers(base, revision, course, (member) => compare(member, seen));
    yield* compare(pairOf(pair, 'items'), seen);
    yield* compare(pairOf(pair, 'additionalProperties'), seen);
  }
}

function placeOf({ base, revision }: Pair): string {
  return [base, revision].map(({ pointer, value }) => (value === anything ? '' : pointer)).join(' ');
}

/** The schema `false` takes no value at all; it mostly stands for unknown members, under `additionalProperties`. */
function* compareRefusal({ base, revision }: Pair, course: Course): Generator<Change> {
  if (base.value === revision.value) return;
  const kind = revision.value === false ? 'limit-tightened' : 'limit-loosened';
  const keyword = revision.pointer.split('/').at(-1) ?? '';
  yield changeOf(kind, course, revision, `${keyword}: ${base.value !== false} → ${revision.value !== false}`);
}

/** Members as they travel: what is only read is in no request, and what is only written is in no answer. */
function schemaMembers(schema: Node, { direction }: Course): Map<string, Member> {
  const required = itemsOf(memberOf(schema, 'required')).map(({ value }) => String(value));
  const nodes = new Map([
    ...required.map((name) => [name, absentMember(schema, name)] as const),
    ...membersOf(memberOf(schema, 'properties')),
  ]);
  const isSent = direction === 'request' || direction === 'acknowledgement';
  const hidden = isSent ? 'readOnly' : 'writeOnly';
  return new Map(
    [...nodes]
      .filter(([, node]) => memberOf(node, hidden)?.value !== true)
      .map(([name, node]) => [name, { node, required: required.includes(name) }]),
  );
}

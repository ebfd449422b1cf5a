import type { Change, Course } from '../impact/change.ts';
import type { ChangeKind } from '../impact/impact.ts';
import { judgeKeyword } from './keyword-changes.ts';
import { matchNames, memberOf, membersOf, type Node, type Pair, saysTheSame, unfold } from './node.ts';

/** Compares the keywords of a pair that mean the same wherever they stand; `except` names those its caller sees to. */
export function* compareKeywords(pair: Pair, course: Course, except: readonly string[]): Generator<Change> {
  for (const { name, base, revision } of matchNames(membersOf(pair.base), membersOf(pair.revision))) {
    if (except.includes(name)) continue;
    const kinds = judgeKeyword(name, unfold(base), unfold(revision));
    for (const kind of kinds)
      yield changeOf(kind, course, revision ?? base, difference(name, base, revision));
  }
}

/** Compares keywords of which any difference means one thing. */
export function* compareAlike(
  pair: Pair,
  course: Course,
  kind: ChangeKind,
  keywords: readonly string[],
): Generator<Change> {
  for (const name of keywords) {
    const [base, revision] = [memberOf(pair.base, name), memberOf(pair.revision, name)];
    if (!saysTheSame(base, revision))
      yield changeOf(kind, course, revision ?? base, difference(name, base, revision));
  }
}

/** A change of what stands at a node. */
export function changeOf(kind: ChangeKind, course: Course, node: Node | undefined, detail: string): Change {
  return { kind, ...course, pointer: node?.pointer ?? '#', detail };
}

/** Both values of a keyword, where they are short enough to read; texts and examples mostly are not. */
function difference(name: string, base: Node | undefined, revision: Node | undefined): string {
  const values = [base, revision].map((node) => (node ? JSON.stringify(unfold(node)) : 'none'));
  return values.join('').length > 120 ? name : `${name}: ${values.join(' → ')}`;
}

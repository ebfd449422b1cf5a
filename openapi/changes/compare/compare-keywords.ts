import type { Change, Location } from '../impact/change.ts';
import type { ChangeKind } from '../impact/impact.ts';
import { keywordChanges } from './keyword-changes.ts';
import { childrenOf, dereference, matchNames, type Node, type Pair } from './node.ts';

/**
 * Compares every keyword of two nodes. The caller compares the keywords in `elsewhere`. Every difference in one of
 * `ownKeywords` is an `ownKind`: in this position, these keywords have a meaning of their own.
 */
export function* compareKeywords(
  pair: Pair,
  location: Location,
  elsewhere: readonly string[],
  ownKind?: ChangeKind,
  ownKeywords: readonly string[] = [],
): Generator<Change> {
  for (const { name, base, revision } of matchNames(childrenOf(pair.base), childrenOf(pair.revision))) {
    if (elsewhere.includes(name)) continue;
    const kind = ownKeywords.includes(name) ? ownKind : undefined;
    for (const found of keywordChanges(name, dereference(base), dereference(revision), kind))
      yield createChange(found, location, revision ?? base, describeDifference(name, base, revision));
  }
}

/** A change at a node. */
export function createChange(kind: ChangeKind, location: Location, node: Node | undefined, detail: string) {
  return { kind, ...location, pointer: node?.pointer ?? '#', detail };
}

/** Both values of a keyword. Long values, such as texts and examples, are left out. */
function describeDifference(name: string, base: Node | undefined, revision: Node | undefined): string {
  const values = [base, revision].map((node) => (node ? JSON.stringify(dereference(node)) : 'none'));
  return values.join('').length > 120 ? name : `${name}: ${values.join(' → ')}`;
}

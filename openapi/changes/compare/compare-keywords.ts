import type { Change, Location } from '../impact/change.ts';
import type { ChangeKind } from '../impact/impact.ts';
import { keywordChanges } from './keyword-changes.ts';
import { childOf, childrenOf, dereference, isEquivalent, matchNames, type Node, type Pair } from './node.ts';

/** Compares every keyword whose meaning does not depend on its position. The caller compares those in `except`. */
export function* compareKeywords(
  pair: Pair,
  location: Location,
  except: readonly string[],
): Generator<Change> {
  for (const { name, base, revision } of matchNames(childrenOf(pair.base), childrenOf(pair.revision))) {
    if (except.includes(name)) continue;
    for (const kind of keywordChanges(name, dereference(base), dereference(revision)))
      yield createChange(kind, location, revision ?? base, describeDifference(name, base, revision));
  }
}

/** Compares `keywords`, and reports every difference as the same kind of change. */
export function* compareKeywordsAs(
  kind: ChangeKind,
  pair: Pair,
  location: Location,
  keywords: readonly string[],
): Generator<Change> {
  for (const name of keywords) {
    const [base, revision] = [childOf(pair.base, name), childOf(pair.revision, name)];
    if (!isEquivalent(base, revision))
      yield createChange(kind, location, revision ?? base, describeDifference(name, base, revision));
  }
}

/** Compares two lists by name. A name in only one list is `removed` or `added`; `compare` handles the others. */
export function* compareByName(
  base: ReadonlyMap<string, Node>,
  revision: ReadonlyMap<string, Node>,
  location: Location,
  { removed, added }: { readonly removed: ChangeKind; readonly added: ChangeKind },
  compare: (pair: Pair, location: Location) => Iterable<Change> = () => [],
): Generator<Change> {
  for (const { name, base: before, revision: after } of matchNames(base, revision)) {
    if (!after) yield createChange(removed, location, before, name);
    else if (!before) yield createChange(added, location, after, name);
    else yield* compare({ base: before, revision: after }, location);
  }
}

/** A change at a node. */
export function createChange(
  kind: ChangeKind,
  location: Location,
  node: Node | undefined,
  detail: string,
): Change {
  return { kind, ...location, pointer: node?.pointer ?? '#', detail };
}

/** Both values of a keyword. Long values, such as texts and examples, are left out. */
function describeDifference(name: string, base: Node | undefined, revision: Node | undefined): string {
  const values = [base, revision].map((node) => (node ? JSON.stringify(dereference(node)) : 'none'));
  return values.join('').length > 120 ? name : `${name}: ${values.join(' → ')}`;
}

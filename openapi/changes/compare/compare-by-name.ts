import type { Change, Location } from '../impact/change.ts';
import type { ChangeKind } from '../impact/impact.ts';
import { createChange } from './compare-keywords.ts';
import { childOf, childrenOf, matchNames, type Node, type Pair } from './node.ts';

/** Compares two values that exist in both contracts. */
type Compare = (pair: Pair, location: Location) => Iterable<Change>;

/** Compares two lists by name. A name in only one list is `removed` or `added`; `compare` handles the others. */
export function* compareByName(
  pair: Pair,
  location: Location,
  { removed, added }: { readonly removed: ChangeKind; readonly added: ChangeKind },
  compare: Compare = () => [],
  listOf: (node: Node) => ReadonlyMap<string, Node> = childrenOf,
): Generator<Change> {
  for (const { name, base, revision } of matchNames(listOf(pair.base), listOf(pair.revision))) {
    if (!revision) yield createChange(removed, location, base, name);
    else if (!base) yield createChange(added, location, revision, name);
    else yield* compare({ base, revision }, location);
  }
}

/** A property of a body, a parameter, a header, or the body of a request as a whole. */
export interface Field extends Node {
  readonly required: boolean;
}

/** A parameter, a header or a body as a field. */
export function fieldAt(node: Node): Field {
  return { ...node, required: childOf(node, 'required')?.value === true };
}

/** Compares two lists of fields: which exist, which are required, and, with `compare`, their values. */
export function* compareFields(
  pair: Pair,
  location: Location,
  fieldsOf: (node: Node) => ReadonlyMap<string, Field>,
  compare: Compare,
): Generator<Change> {
  for (const { name, base, revision } of matchNames(fieldsOf(pair.base), fieldsOf(pair.revision))) {
    const change = (kind: ChangeKind) => createChange(kind, location, revision ?? base, name);
    if (!revision) yield change('field-removed');
    else if (!base) yield change(revision.required ? 'required-field-added' : 'field-added');
    else {
      if (!base.required && revision.required) yield change('field-made-required');
      if (base.required && !revision.required) yield change('field-made-optional');
      yield* compare({ base, revision }, location);
    }
  }
}

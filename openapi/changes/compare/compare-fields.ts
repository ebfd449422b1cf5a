import type { Change, Location } from '../impact/change.ts';
import { createChange } from './compare-keywords.ts';
import { matchNames, type Node, type Pair } from './node.ts';

/** A property of a body, a parameter, a header, or the body of a request as a whole. */
export interface Field {
  readonly node: Node;
  readonly required: boolean;
}

/** Compares two lists of fields: which exist, which are required, and, with `compare`, their values. */
export function* compareFields(
  base: ReadonlyMap<string, Field>,
  revision: ReadonlyMap<string, Field>,
  location: Location,
  compare: (pair: Pair, location: Location) => Iterable<Change>,
): Generator<Change> {
  for (const { name, base: before, revision: after } of matchNames(base, revision)) {
    if (!after) yield createChange('field-removed', location, before?.node, name);
    else if (!before)
      yield createChange(after.required ? 'required-field-added' : 'field-added', location, after.node, name);
    else {
      if (!before.required && after.required)
        yield createChange('field-made-required', location, after.node, name);
      if (before.required && !after.required)
        yield createChange('field-made-optional', location, after.node, name);
      yield* compare({ base: before.node, revision: after.node }, location);
    }
  }
}

import type { Change, Course } from '../impact/change.ts';
import { changeOf } from './compare-keywords.ts';
import { matchNames, type Node, type Pair } from './node.ts';

/** A named thing that may have to be there: a member of a body, a parameter, a header, the body of a request. */
export interface Member {
  readonly node: Node;
  readonly required: boolean;
}

/** Compares two lists of members: which there are, which have to be there, and, by `compare`, what each is. */
export function* compareMembers(
  base: ReadonlyMap<string, Member>,
  revision: ReadonlyMap<string, Member>,
  course: Course,
  compare: (pair: Pair, course: Course) => Iterable<Change>,
): Generator<Change> {
  for (const { name, base: before, revision: after } of matchNames(base, revision)) {
    if (!after) yield changeOf('member-removed', course, before?.node, name);
    else if (!before)
      yield changeOf(after.required ? 'required-member-added' : 'member-added', course, after.node, name);
    else {
      if (!before.required && after.required)
        yield changeOf('member-made-required', course, after.node, name);
      if (before.required && !after.required)
        yield changeOf('member-made-optional', course, after.node, name);
      yield* compare({ base: before.node, revision: after.node }, course);
    }
  }
}

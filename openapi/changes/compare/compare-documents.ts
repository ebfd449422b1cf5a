import type { Change, Course } from '../impact/change.ts';
import { changeOf, compareAlike, compareKeywords } from './compare-keywords.ts';
import { matchNames, membersOf, type Pair, pairOf } from './node.ts';

const course: Course = { direction: 'document', place: '' };

/** Compares what belongs to no operation and no event: title, tags, and the names of components. */
export function* compareDocuments(root: Pair): Generator<Change> {
  yield* compareKeywords(root, course, [
    'openapi',
    'info',
    'servers',
    'security',
    'paths',
    'webhooks',
    'components',
  ]);
  yield* compareAlike(root, course, 'specification-changed', ['openapi']);
  const info = pairOf(root, 'info');
  const about = ['contact', 'license', 'termsOfService'];
  yield* compareKeywords(info, course, ['version', ...about]);
  yield* compareAlike(info, course, 'text-changed', about);
  yield* compareComponents(pairOf(root, 'components'));
}

/** Only the names: what a component says is compared wherever something refers to it. */
function* compareComponents(components: Pair): Generator<Change> {
  for (const { name: kind } of matchNames(membersOf(components.base), membersOf(components.revision))) {
    const { base, revision } = pairOf(components, kind);
    for (const match of matchNames(membersOf(base), membersOf(revision))) {
      if (!match.base) yield changeOf('component-added', course, match.revision, match.name);
      if (!match.revision) yield changeOf('component-removed', course, match.base, match.name);
    }
  }
}

import type { Change, Location } from '../impact/change.ts';
import { compareByName, compareKeywords, compareKeywordsAs } from './compare-keywords.ts';
import { childPair, childrenOf, matchNames, type Pair } from './node.ts';

const location: Location = { direction: 'document', target: '' };
const infoKeywords = ['contact', 'license', 'termsOfService'];

/** Compares what belongs to no operation and no event: title, tags, and the names of components. */
export function* compareDocuments(root: Pair): Generator<Change> {
  yield* compareKeywords(root, location, [
    'openapi',
    'info',
    'servers',
    'security',
    'paths',
    'webhooks',
    'components',
  ]);
  yield* compareKeywordsAs('specification-changed', root, location, ['openapi']);
  const info = childPair(root, 'info');
  yield* compareKeywords(info, location, ['version', ...infoKeywords]);
  yield* compareKeywordsAs('text-changed', info, location, infoKeywords);
  yield* compareComponents(childPair(root, 'components'));
}

/** Compares names only: the content of a component is compared at each reference to it. */
function* compareComponents(components: Pair): Generator<Change> {
  for (const { name: kind } of matchNames(childrenOf(components.base), childrenOf(components.revision))) {
    const { base, revision } = childPair(components, kind);
    yield* compareByName(childrenOf(base), childrenOf(revision), location, {
      removed: 'component-removed',
      added: 'component-added',
    });
  }
}

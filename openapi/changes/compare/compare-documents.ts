import type { Change, Location } from '../impact/change.ts';
import { compareByName } from './compare-by-name.ts';
import { compareKeywords } from './compare-keywords.ts';
import { childPair, childPairs, type Pair } from './node.ts';

const location: Location = { direction: 'document', target: '' };

/** Compares what belongs to no operation and no event: title, tags, and the names of components. */
export function* compareDocuments(root: Pair): Generator<Change> {
  const elsewhere = ['info', 'servers', 'security', 'paths', 'webhooks', 'components'];
  yield* compareKeywords(root, location, elsewhere, 'specification-changed', ['openapi']);
  const texts = ['contact', 'license', 'termsOfService'];
  yield* compareKeywords(childPair(root, 'info'), location, ['version'], 'text-changed', texts);
  // Only the names of components: their content is compared at each reference.
  const kinds = { removed: 'component-removed', added: 'component-added' } as const;
  for (const [, components] of childPairs(childPair(root, 'components')))
    yield* compareByName(components, location, kinds);
}

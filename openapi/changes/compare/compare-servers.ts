import type { Change, Location } from '../impact/change.ts';
import { compareByName, compareKeywords, compareKeywordsAs, createChange } from './compare-keywords.ts';
import { childOf, childPair, childrenOf, itemsOf, matchNames, type Node, type Pair, rootOf } from './node.ts';

/** Compares the servers of an operation. The first server is the default. */
export function* compareServers(pair: Pair, location: Location): Generator<Change> {
  const [base, revision] = [serversOf(pair.base), serversOf(pair.revision)];
  const kinds = { removed: 'server-removed', added: 'server-added' } as const;
  yield* compareByName(base, revision, location, kinds, compareServer);
  const [before] = base.keys();
  const [after] = revision.keys();
  if (before !== after && base.has(after ?? '') && revision.has(before ?? ''))
    yield createChange('server-changed', location, revision.get(after ?? ''), `first: ${before} → ${after}`);
}

function* compareServer(pair: Pair, location: Location): Generator<Change> {
  yield* compareKeywords(pair, location, ['url', 'variables']);
  yield* compareKeywordsAs('server-changed', pair, location, ['url']);
  const variables = childPair(pair, 'variables');
  for (const { name } of matchNames(childrenOf(variables.base), childrenOf(variables.revision))) {
    yield* compareKeywords(childPair(variables, name), location, ['default']);
    yield* compareKeywordsAs('server-changed', childPair(variables, name), location, ['default']);
  }
}

/** The servers of an operation, or else of the document, by `x-name` or else by URL. */
function serversOf(operation: Node): Map<string, Node> {
  const servers = childOf(operation, 'servers') ?? childOf(rootOf(operation), 'servers');
  return new Map(itemsOf(servers).map((server) => [nameOf(server), server]));
}

function nameOf(server: Node): string {
  return String((childOf(server, 'x-name') ?? childOf(server, 'url'))?.value);
}

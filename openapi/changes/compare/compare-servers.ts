import type { Change, Location } from '../impact/change.ts';
import { compareByName } from './compare-by-name.ts';
import { compareKeywords, createChange } from './compare-keywords.ts';
import { childOf, childPair, childPairs, itemsOf, type Node, type Pair, rootOf } from './node.ts';

/** Compares the servers of an operation. The first server is the default. */
export function* compareServers(pair: Pair, location: Location): Generator<Change> {
  const kinds = { removed: 'server-removed', added: 'server-added' } as const;
  yield* compareByName(pair, location, kinds, compareServer, serversOf);
  const [base, revision] = [serversOf(pair.base), serversOf(pair.revision)];
  const [before] = base.keys();
  const [after] = revision.keys();
  if (before !== after && base.has(after ?? '') && revision.has(before ?? ''))
    yield createChange('server-changed', location, revision.get(after ?? ''), `first: ${before} → ${after}`);
}

function* compareServer(pair: Pair, location: Location): Generator<Change> {
  yield* compareKeywords(pair, location, ['variables'], 'server-changed', ['url']);
  for (const [, variable] of childPairs(childPair(pair, 'variables')))
    yield* compareKeywords(variable, location, [], 'server-changed', ['default']);
}

/** The servers of an operation, or else of the document, by `x-name` or else by URL. */
function serversOf(operation: Node): Map<string, Node> {
  const servers = childOf(operation, 'servers') ?? childOf(rootOf(operation), 'servers');
  return new Map(itemsOf(servers).map((server) => [nameOf(server), server]));
}

function nameOf(server: Node): string {
  return String((childOf(server, 'x-name') ?? childOf(server, 'url'))?.value);
}

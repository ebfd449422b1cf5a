import type { Change, Course } from '../impact/change.ts';
import { changeOf, compareAlike, compareKeywords } from './compare-keywords.ts';
import { itemsOf, matchNames, memberOf, membersOf, type Node, type Pair, pairOf, rootOf } from './node.ts';

/** Compares where an operation is called. The first server is the one that is called where nobody says otherwise. */
export function* compareServers(pair: Pair, course: Course): Generator<Change> {
  const [base, revision] = [serversOf(pair.base), serversOf(pair.revision)];
  for (const { name, ...match } of matchNames(base, revision)) {
    if (!match.revision) yield changeOf('server-removed', course, match.base, name);
    else if (!match.base) yield changeOf('server-added', course, match.revision, name);
    else yield* compareServer({ base: match.base, revision: match.revision }, course);
  }
  const [before] = base.keys();
  const [after] = revision.keys();
  if (before !== after && base.has(after ?? '') && revision.has(before ?? ''))
    yield changeOf('server-changed', course, revision.get(after ?? ''), `first: ${before} → ${after}`);
}

function* compareServer(pair: Pair, course: Course): Generator<Change> {
  yield* compareKeywords(pair, course, ['url', 'variables']);
  yield* compareAlike(pair, course, 'server-changed', ['url']);
  const variables = pairOf(pair, 'variables');
  for (const { name } of matchNames(membersOf(variables.base), membersOf(variables.revision))) {
    yield* compareKeywords(pairOf(variables, name), course, ['default']);
    yield* compareAlike(pairOf(variables, name), course, 'server-changed', ['default']);
  }
}

/** By name, where the contract names them. */
function serversOf(operation: Node): Map<string, Node> {
  const servers = memberOf(operation, 'servers') ?? memberOf(rootOf(operation), 'servers');
  return new Map(itemsOf(servers).map((server) => [nameOf(server), server]));
}

function nameOf(server: Node): string {
  return String((memberOf(server, 'x-name') ?? memberOf(server, 'url'))?.value);
}

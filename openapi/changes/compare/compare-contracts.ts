import { isDeepStrictEqual } from 'node:util';
import type { Change, Course, Direction } from '../impact/change.ts';
import type { ChangeKind } from '../impact/impact.ts';
import { compareDocuments } from './compare-documents.ts';
import { compareExchanges } from './compare-exchanges.ts';
import { changeOf, compareKeywords } from './compare-keywords.ts';
import { compareServers } from './compare-servers.ts';
import { matchNames, memberOf, membersOf, type Node, type Pair, pairOf, rootOf } from './node.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Everything that differs between two bundled contracts, in each direction that it travels.
 *
 * @throws Error for what the gate has not been told how to judge, so that nothing passes unseen.
 */
export function compareContracts(base: unknown, revision: unknown): Change[] {
  const root: Pair = {
    base: { contract: base, pointer: '#', value: base },
    revision: { contract: revision, pointer: '#', value: revision },
  };
  return [
    ...compareDocuments(root),
    ...compareItems(pairOf(root, 'paths'), operations),
    ...compareItems(pairOf(root, 'webhooks'), callbacks),
  ];
}

interface Sort {
  readonly sent: Direction;
  readonly answered: Direction;
  readonly added: ChangeKind;
  readonly removed: ChangeKind;
}

const operations: Sort = {
  sent: 'request',
  answered: 'response',
  added: 'operation-added',
  removed: 'operation-removed',
};

const callbacks: Sort = {
  sent: 'callback',
  answered: 'acknowledgement',
  added: 'event-added',
  removed: 'event-removed',
};

/** Compares what is done at each path, or posted at each event, by the names that these have. */
function* compareItems(items: Pair, sort: Sort, event?: string): Generator<Change> {
  for (const { name } of matchNames(membersOf(items.base), membersOf(items.revision))) {
    const item = pairOf(items, name);
    yield* compareKeywords(item, { direction: sort.sent, place: event ?? name }, methods);
    for (const method of methods) {
      const [base, revision] = [memberOf(item.base, method), memberOf(item.revision, method)];
      const course = { direction: sort.sent, place: event ?? operationId(base ?? revision) ?? name };
      const detail = `${method.toUpperCase()} ${name}`;
      if (base && revision) yield* compareOperations({ base, revision }, course, sort);
      else if (base) yield changeOf(sort.removed, course, base, detail);
      else if (revision) yield changeOf(sort.added, course, revision, detail);
    }
  }
}

function* compareOperations(pair: Pair, course: Course, { answered }: Sort): Generator<Change> {
  yield* compareExchanges(pair, { ...course, answered });
  if (course.direction === 'callback') return;
  yield* compareServers(pair, course);
  yield* compareCallbacks(pairOf(pair, 'callbacks'));
}

function* compareCallbacks(events: Pair): Generator<Change> {
  for (const { name: event } of matchNames(membersOf(events.base), membersOf(events.revision))) {
    const items = pairOf(events, event);
    if (!isCopy(items, event)) yield* compareItems(items, callbacks, event);
  }
}

/** Whether both post to one URL what stands under `webhooks` as well, where it is compared anyway. */
function isCopy({ base, revision }: Pair, event: string): boolean {
  const [before, after] = [membersOf(base), membersOf(revision)];
  const isWebhook = (item: Node) =>
    isDeepStrictEqual(item.value, memberOf(memberOf(rootOf(item), 'webhooks'), event)?.value);
  return (
    isDeepStrictEqual(new Set(before.keys()), new Set(after.keys())) &&
    [...before.values(), ...after.values()].every(isWebhook)
  );
}

function operationId(operation: Node | undefined): string | undefined {
  const id = memberOf(operation, 'operationId');
  return id && String(id.value);
}

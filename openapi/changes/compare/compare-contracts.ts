import { isDeepStrictEqual } from 'node:util';
import type { Change, Location } from '../impact/change.ts';
import { compareByName } from './compare-by-name.ts';
import { compareExchanges } from './compare-exchanges.ts';
import { compareKeywords, createChange } from './compare-keywords.ts';
import { compareServers } from './compare-servers.ts';
import { childOf, childPair, childPairs, childrenOf, type Node, type Pair, rootOf } from './node.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Lists every difference between two bundled contracts, in each direction that the difference affects.
 *
 * @throws Error for a keyword without a rule, so that no difference goes unnoticed.
 */
export function compareContracts(base: unknown, revision: unknown): Change[] {
  const root: Pair = { base: rootOf({ contract: base }), revision: rootOf({ contract: revision }) };
  return [
    ...compareDocuments(root),
    ...compareItems(childPair(root, 'paths'), operations),
    ...compareItems(childPair(root, 'webhooks'), callbacks),
  ];
}

/** Compares what belongs to no operation and no event: title, tags, and the names of components. */
function* compareDocuments(root: Pair): Generator<Change> {
  const location: Location = { direction: 'document', target: '' };
  const elsewhere = ['info', 'servers', 'security', 'paths', 'webhooks', 'components'];
  yield* compareKeywords(root, location, elsewhere, 'specification-changed', ['openapi']);
  const texts = ['contact', 'license', 'termsOfService'];
  yield* compareKeywords(childPair(root, 'info'), location, ['version'], 'text-changed', texts);
  // Only the names of components: their content is compared at each reference.
  const kinds = { removed: 'component-removed', added: 'component-added' } as const;
  for (const [, components] of childPairs(childPair(root, 'components')))
    yield* compareByName(components, location, kinds);
}

const operations = {
  direction: 'request',
  responseDirection: 'response',
  added: 'operation-added',
  removed: 'operation-removed',
} as const;

const callbacks = {
  direction: 'callback',
  responseDirection: 'acknowledgement',
  added: 'event-added',
  removed: 'event-removed',
} as const;

type ExchangeKind = typeof operations | typeof callbacks;

/** Compares the path items of two contracts by their names: paths, or events. */
function* compareItems(items: Pair, exchangeKind: ExchangeKind, event?: string): Generator<Change> {
  const { direction, responseDirection, added, removed } = exchangeKind;
  for (const [name, item] of childPairs(items)) {
    yield* compareKeywords(item, { direction, target: event ?? name }, methods);
    for (const method of methods) {
      const [base, revision] = [childOf(item.base, method), childOf(item.revision, method)];
      const target = event ?? operationIdOf(base ?? revision) ?? name;
      const location = { direction, target };
      const detail = `${method.toUpperCase()} ${name}`;
      if (base && revision) {
        yield* compareExchanges({ base, revision }, location, responseDirection);
        if (exchangeKind === operations) yield* compareOperations({ base, revision }, location);
      } else if (base) yield createChange(removed, location, base, detail);
      else if (revision) yield createChange(added, location, revision, detail);
    }
  }
}

/** Compares what only operations have. */
function* compareOperations(pair: Pair, location: Location): Generator<Change> {
  yield* compareServers(pair, location);
  for (const [event, items] of childPairs(childPair(pair, 'callbacks')))
    if (!isWebhookCopy(items, event)) yield* compareItems(items, callbacks, event);
}

/** Whether both contracts have the event's webhook at the same URL. `compareContracts` compares all webhooks anyway. */
function isWebhookCopy({ base, revision }: Pair, event: string): boolean {
  const [before, after] = [childrenOf(base), childrenOf(revision)];
  const isWebhook = (item: Node) =>
    isDeepStrictEqual(item.value, childOf(childOf(rootOf(item), 'webhooks'), event)?.value);
  return (
    isDeepStrictEqual(new Set(before.keys()), new Set(after.keys())) &&
    [...before.values(), ...after.values()].every(isWebhook)
  );
}

function operationIdOf(operation: Node | undefined): string | undefined {
  const id = childOf(operation, 'operationId');
  return id && String(id.value);
}

import type { Change, Location } from '../impact/change.ts';
import type { Direction } from '../impact/direction.ts';
import { compareCredentials } from './compare-credentials.ts';
import { compareFields, type Field } from './compare-fields.ts';
import { compareByName, compareKeywords } from './compare-keywords.ts';
import { compareSchemas } from './compare-schemas.ts';
import { childOf, childPair, childrenOf, itemsOf, type Node, type Pair } from './node.ts';

/** A request with its responses: an operation, or a callback. */
export interface Exchange extends Location {
  readonly responseDirection: Direction;
}

/** Compares two operations, or two callbacks. OpenAPI describes both in the same form. */
export function* compareExchanges(pair: Pair, exchange: Exchange): Generator<Change> {
  const { direction, target, responseDirection } = exchange;
  const request: Location = { direction, target };
  yield* compareKeywords(pair, request, [
    'parameters',
    'requestBody',
    'responses',
    'security',
    'servers',
    'callbacks',
  ]);
  yield* compareCredentials(pair, request);
  yield* compareFields(parametersOf(pair.base), parametersOf(pair.revision), request, compareValue);
  yield* compareFields(bodyOf(pair.base), bodyOf(pair.revision), request, compareBody);
  yield* compareResponses(childPair(pair, 'responses'), { direction: responseDirection, target });
}

/** Compares the schema of a parameter, of a header, or of a body of one media type. */
function* compareValue(pair: Pair, location: Location): Generator<Change> {
  yield* compareKeywords(pair, location, ['name', 'in', 'required', 'schema']);
  yield* compareSchemas(childPair(pair, 'schema'), location);
}

function* compareBody(pair: Pair, location: Location): Generator<Change> {
  yield* compareKeywords(pair, location, ['required', 'content']);
  yield* compareContent(childPair(pair, 'content'), location);
}

function compareResponses({ base, revision }: Pair, location: Location): Generator<Change> {
  const kinds = { removed: 'status-removed', added: 'status-added' } as const;
  return compareByName(childrenOf(base), childrenOf(revision), location, kinds, compareResponse);
}

function* compareResponse(pair: Pair, location: Location): Generator<Change> {
  yield* compareKeywords(pair, location, ['headers', 'content']);
  yield* compareFields(headersOf(pair.base), headersOf(pair.revision), location, compareValue);
  yield* compareContent(childPair(pair, 'content'), location);
}

function compareContent({ base, revision }: Pair, location: Location): Generator<Change> {
  const kinds = { removed: 'media-type-removed', added: 'media-type-added' } as const;
  return compareByName(childrenOf(base), childrenOf(revision), location, kinds, compareValue);
}

function parametersOf(operation: Node): Map<string, Field> {
  return new Map(
    itemsOf(childOf(operation, 'parameters')).map((node) => {
      const [place, name] = ['in', 'name'].map((keyword) => String(childOf(node, keyword)?.value));
      return [`${place} parameter ${name}`, fieldAt(node)];
    }),
  );
}

/** The body as the only field of the request. */
function bodyOf(operation: Node): Map<string, Field> {
  const node = childOf(operation, 'requestBody');
  return new Map(node ? [['the body', fieldAt(node)]] : []);
}

function headersOf(response: Node): Map<string, Field> {
  return new Map(
    [...childrenOf(childOf(response, 'headers'))].map(([name, node]) => [
      `header ${name.toLowerCase()}`,
      fieldAt(node),
    ]),
  );
}

function fieldAt(node: Node): Field {
  return { node, required: childOf(node, 'required')?.value === true };
}

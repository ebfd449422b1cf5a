import type { Change, Location } from '../impact/change.ts';
import type { Direction } from '../impact/impact.ts';
import { compareByName, compareFields, type Field, fieldAt } from './compare-by-name.ts';
import { compareCredentials } from './compare-credentials.ts';
import { compareKeywords } from './compare-keywords.ts';
import { compareSchemas } from './compare-schemas.ts';
import { childOf, childPair, childrenOf, itemsOf, type Node, type Pair } from './node.ts';

const statuses = { removed: 'status-removed', added: 'status-added' } as const;
const mediaTypes = { removed: 'media-type-removed', added: 'media-type-added' } as const;

/** Compares two operations, or two callbacks: a request with its responses. OpenAPI describes both in the same form. */
export function* compareExchanges(pair: Pair, request: Location, responseDirection: Direction) {
  const elsewhere = ['parameters', 'requestBody', 'responses', 'security', 'servers', 'callbacks'];
  yield* compareKeywords(pair, request, elsewhere);
  yield* compareCredentials(pair, request);
  yield* compareFields(pair, request, parametersOf, compareValue);
  yield* compareFields(pair, request, bodyOf, compareBody);
  const response = { direction: responseDirection, target: request.target };
  yield* compareByName(childPair(pair, 'responses'), response, statuses, compareResponse);
}

/** Compares the schema of a parameter, of a header, or of a body of one media type. */
function* compareValue(pair: Pair, location: Location): Generator<Change> {
  yield* compareKeywords(pair, location, ['name', 'in', 'required', 'schema']);
  yield* compareSchemas(childPair(pair, 'schema'), location);
}

function* compareBody(pair: Pair, location: Location): Generator<Change> {
  yield* compareKeywords(pair, location, ['required', 'content']);
  yield* compareByName(childPair(pair, 'content'), location, mediaTypes, compareValue);
}

function* compareResponse(pair: Pair, location: Location): Generator<Change> {
  yield* compareKeywords(pair, location, ['headers', 'content']);
  yield* compareFields(pair, location, headersOf, compareValue);
  yield* compareByName(childPair(pair, 'content'), location, mediaTypes, compareValue);
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
  const headers = [...childrenOf(childOf(response, 'headers'))];
  return new Map(headers.map(([name, node]) => [`header ${name.toLowerCase()}`, fieldAt(node)]));
}

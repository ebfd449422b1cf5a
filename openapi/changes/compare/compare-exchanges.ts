import type { Change, Course, Direction } from '../impact/change.ts';
import { compareCredentials } from './compare-credentials.ts';
import { compareMembers, type Member } from './compare-fields.ts';
import { changeOf, compareKeywords } from './compare-keywords.ts';
import { compareSchemas } from './compare-schemas.ts';
import { itemsOf, matchNames, memberOf, membersOf, type Node, type Pair, pairOf } from './node.ts';

/** What is sent and what is answered: an operation, or a callback. */
export interface Exchange extends Course {
  /** Which way the answer travels. */
  readonly answered: Direction;
}

const walked = ['parameters', 'requestBody', 'responses', 'security', 'servers', 'callbacks'];

/** Compares two operations, or two callbacks, which OpenAPI writes alike. */
export function* compareExchanges(pair: Pair, { direction, place, answered }: Exchange): Generator<Change> {
  const request: Course = { direction, place };
  yield* compareKeywords(pair, request, walked);
  yield* compareCredentials(pair, request);
  yield* compareMembers(parameters(pair.base), parameters(pair.revision), request, compareValue);
  yield* compareMembers(body(pair.base), body(pair.revision), request, compareBody);
  yield* compareResponses(pairOf(pair, 'responses'), { direction: answered, place });
}

/** What a parameter, a header or a body of one media type holds. */
function* compareValue(pair: Pair, course: Course): Generator<Change> {
  yield* compareKeywords(pair, course, ['name', 'in', 'required', 'schema']);
  yield* compareSchemas(pairOf(pair, 'schema'), course);
}

function* compareBody(pair: Pair, course: Course): Generator<Change> {
  yield* compareKeywords(pair, course, ['required', 'content']);
  yield* compareContent(pairOf(pair, 'content'), course);
}

function* compareResponses({ base, revision }: Pair, course: Course): Generator<Change> {
  for (const { name, ...match } of matchNames(membersOf(base), membersOf(revision))) {
    if (!match.revision) yield changeOf('status-removed', course, match.base, name);
    else if (!match.base) yield changeOf('status-added', course, match.revision, name);
    else yield* compareResponse({ base: match.base, revision: match.revision }, course);
  }
}

function* compareResponse(pair: Pair, course: Course): Generator<Change> {
  yield* compareKeywords(pair, course, ['headers', 'content']);
  yield* compareMembers(headers(pair.base), headers(pair.revision), course, compareValue);
  yield* compareContent(pairOf(pair, 'content'), course);
}

function* compareContent({ base, revision }: Pair, course: Course): Generator<Change> {
  for (const { name, ...match } of matchNames(membersOf(base), membersOf(revision))) {
    if (!match.revision) yield changeOf('media-type-removed', course, match.base, name);
    else if (!match.base) yield changeOf('media-type-added', course, match.revision, name);
    else yield* compareValue({ base: match.base, revision: match.revision }, course);
  }
}

function parameters(operation: Node): Map<string, Member> {
  return new Map(
    itemsOf(memberOf(operation, 'parameters')).map((node) => {
      const [place, name] = ['in', 'name'].map((keyword) => String(memberOf(node, keyword)?.value));
      return [`${place} parameter ${name}`, { node, required: isRequired(node) }];
    }),
  );
}

/** The body of a request, as the one member it is of the request as a whole. */
function body(operation: Node): Map<string, Member> {
  const node = memberOf(operation, 'requestBody');
  return new Map(node ? [['the body', { node, required: isRequired(node) }]] : []);
}

function headers(response: Node): Map<string, Member> {
  return new Map(
    [...membersOf(memberOf(response, 'headers'))].map(([name, node]) => [
      `header ${name.toLowerCase()}`,
      { node, required: isRequired(node) },
    ]),
  );
}

function isRequired(node: Node): boolean {
  return memberOf(node, 'required')?.value === true;
}

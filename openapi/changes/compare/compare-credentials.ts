import type { Change, Course } from '../impact/change.ts';
import { changeOf, compareAlike, compareKeywords } from './compare-keywords.ts';
import { itemsOf, memberOf, membersOf, type Node, type Pair, pairOf, rootOf } from './node.ts';

/** One way to be let in: names of security schemes, and of their scopes, all of which are needed. */
type Way = ReadonlySet<string>;

/** Compares who is let in. The order of the ways means nothing, nor does one that asks for more than another. */
export function* compareCredentials(pair: Pair, course: Course): Generator<Change> {
  const [base, revision] = [waysIn(pair.base), waysIn(pair.revision)];
  const gone = base.filter((way) => !suffices(way, revision));
  const fresh = revision.filter((way) => !suffices(way, base));
  const security = securityOf(pair.revision);
  if (gone.length > 0) yield changeOf('access-tightened', course, security, `no longer ${inWords(gone)}`);
  if (fresh.length > 0) yield changeOf('access-loosened', course, security, `now ${inWords(fresh)}`);

  const components = pairOf({ base: rootOf(pair.base), revision: rootOf(pair.revision) }, 'components');
  const schemes = pairOf(components, 'securitySchemes');
  for (const name of membersOf(schemes.revision).keys())
    if (base.some((way) => way.has(name)) && revision.some((way) => way.has(name)))
      yield* compareScheme(pairOf(schemes, name), course);
}

/** Whether who has these credentials is let in one of the ways. */
function suffices(credentials: Way, ways: Way[]): boolean {
  return ways.some((way) => [...way].every((credential) => credentials.has(credential)));
}

const carriage = ['type', 'in', 'name', 'scheme', 'bearerFormat', 'flows', 'openIdConnectUrl'];

function* compareScheme(pair: Pair, course: Course): Generator<Change> {
  yield* compareKeywords(pair, course, carriage);
  yield* compareAlike(pair, course, 'credential-changed', carriage);
}

/** No way at all means that anyone may come in. */
function waysIn(operation: Node): Way[] {
  const ways = itemsOf(securityOf(operation)).map(credentialsOf);
  return ways.length > 0 ? ways : [new Set()];
}

function credentialsOf(way: Node): Way {
  const schemes = [...membersOf(way)];
  return new Set(
    schemes.flatMap(([name, scopes]) => [name, ...itemsOf(scopes).map(({ value }) => `${name} ${value}`)]),
  );
}

/** What an operation says itself, or else the whole document. */
function securityOf(operation: Node): Node | undefined {
  return memberOf(operation, 'security') ?? memberOf(rootOf(operation), 'security');
}

function inWords(ways: Way[]): string {
  return ways.map((way) => (way.size > 0 ? [...way].join(' with ') : 'no credentials')).join(', or ');
}

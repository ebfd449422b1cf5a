import type { Change, Location } from '../impact/change.ts';
import { compareKeywords, createChange } from './compare-keywords.ts';
import { childOf, childPair, childrenOf, itemsOf, type Node, type Pair, rootOf } from './node.ts';

/** Names of security schemes, and of their scopes, that are needed together. */
type Alternative = ReadonlySet<string>;

const schemeKeywords = ['type', 'in', 'name', 'scheme', 'bearerFormat', 'flows', 'openIdConnectUrl'];

/** Compares the accepted credentials. Order is ignored, and so are alternatives that a weaker alternative implies. */
export function* compareCredentials(pair: Pair, location: Location): Generator<Change> {
  const [base, revision] = [alternativesOf(pair.base), alternativesOf(pair.revision)];
  const removed = base.filter((alternative) => !isSufficient(alternative, revision));
  const added = revision.filter((alternative) => !isSufficient(alternative, base));
  const security = securityOf(pair.revision);
  if (removed.length > 0)
    yield createChange('access-tightened', location, security, `no longer ${describe(removed)}`);
  if (added.length > 0) yield createChange('access-loosened', location, security, `now ${describe(added)}`);

  const components = childPair({ base: rootOf(pair.base), revision: rootOf(pair.revision) }, 'components');
  const schemes = childPair(components, 'securitySchemes');
  const isUsed = (name: string) => [base, revision].every((list) => list.some((names) => names.has(name)));
  for (const name of childrenOf(schemes.revision).keys())
    if (isUsed(name))
      yield* compareKeywords(childPair(schemes, name), location, [], 'credential-changed', schemeKeywords);
}

/** Whether a caller with these credentials has all that one of the alternatives needs. */
function isSufficient(credentials: Alternative, alternatives: Alternative[]): boolean {
  return alternatives.some((alternative) => [...alternative].every((name) => credentials.has(name)));
}

/** The alternatives of an operation. Without any, one empty alternative means that no credentials are needed. */
function alternativesOf(operation: Node): Alternative[] {
  const alternatives = itemsOf(securityOf(operation)).map(namesIn);
  return alternatives.length > 0 ? alternatives : [new Set()];
}

function namesIn(requirement: Node): Alternative {
  return new Set(
    [...childrenOf(requirement)].flatMap(([name, scopes]) => [
      name,
      ...itemsOf(scopes).map(({ value }) => `${name} ${value}`),
    ]),
  );
}

/** The requirements of the operation itself, or else of the document. */
function securityOf(operation: Node): Node | undefined {
  return childOf(operation, 'security') ?? childOf(rootOf(operation), 'security');
}

function describe(alternatives: Alternative[]): string {
  return alternatives
    .map((alternative) => (alternative.size > 0 ? [...alternative].join(' with ') : 'no credentials'))
    .join(', or ');
}

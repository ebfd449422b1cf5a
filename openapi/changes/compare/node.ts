import { isDeepStrictEqual } from 'node:util';

/** A value of a contract, and where it stands. */
export interface Node {
  readonly contract: unknown;
  readonly pointer: string;
  readonly value: unknown;
}

/** The same thing in two contracts. */
export interface Pair {
  readonly base: Node;
  readonly revision: Node;
}

/** A name that at least one of two contracts has, with what each of them has under it. */
export interface Match<T> {
  readonly name: string;
  readonly base: T | undefined;
  readonly revision: T | undefined;
}

/**
 * The members of an object, by name. A `$ref` is followed, and what it names is joined with the members beside it:
 * both hold, and the contract never says two things of one validation keyword.
 */
export function membersOf(node: Node | undefined): Map<string, Node> {
  if (typeof node?.value !== 'object' || node.value === null) return new Map();
  const { contract, pointer, value } = node;
  const { $ref } = value as { $ref?: unknown };
  const own = Object.entries(value).map(
    ([name, member]) =>
      [name, { contract, pointer: `${pointer}/${escapeToken(name)}`, value: member }] as const,
  );
  if (typeof $ref !== 'string') return new Map(own);
  return new Map([...membersOf(resolve(contract, $ref)), ...own.filter(([name]) => name !== '$ref')]);
}

/** The document that a node stands in. */
export function rootOf({ contract }: Node): Node {
  return { contract, pointer: '#', value: contract };
}

/** One member of an object. */
export function memberOf(node: Node | undefined, name: string): Node | undefined {
  return membersOf(node).get(name);
}

/** The items of an array, or none. */
export function itemsOf(node: Node | undefined): Node[] {
  return [...membersOf(node).values()];
}

/** A member of both of a pair; where one has none, an empty object stands in its place. */
export function pairOf({ base, revision }: Pair, name: string): Pair {
  return {
    base: memberOf(base, name) ?? absentMember(base, name),
    revision: memberOf(revision, name) ?? absentMember(revision, name),
  };
}

/** The value of what is not there: as a schema, it takes any value. */
export const anything: object = Object.freeze({});

/** What stands for a member that is not there. */
export function absentMember({ contract, pointer }: Node, name: string): Node {
  return { contract, pointer: `${pointer}/${escapeToken(name)}`, value: anything };
}

/** Names that stand in the base or in the revision, each once. */
export function matchNames<T>(base: ReadonlyMap<string, T>, revision: ReadonlyMap<string, T>): Match<T>[] {
  const names = new Set([...base.keys(), ...revision.keys()]);
  return [...names].map((name) => ({ name, base: base.get(name), revision: revision.get(name) }));
}

/** The value of a node with all references in it followed. Not for schemas: they may hold themselves. */
export function unfold(node: Node | undefined): unknown {
  if (!node || typeof node.value !== 'object' || node.value === null) return node?.value;
  if (Array.isArray(node.value)) return itemsOf(node).map(unfold);
  return Object.fromEntries([...membersOf(node)].map(([name, member]) => [name, unfold(member)]));
}

/** Whether two nodes say the same, whatever the order of their members. */
export function saysTheSame(one: Node | undefined, other: Node | undefined): boolean {
  return isDeepStrictEqual(unfold(one), unfold(other));
}

function resolve(contract: unknown, $ref: string): Node {
  let value = contract;
  for (const token of $ref.split('/').slice(1))
    value = (value as Record<string, unknown> | undefined)?.[unescapeToken(token)];
  if (value === undefined) throw new Error(`${$ref} names nothing in the contract. Bundle it first.`);
  return { contract, pointer: $ref, value };
}

function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

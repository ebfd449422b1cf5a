import { type Contract, resolve } from '../../generate/contract/contract.ts';
import { escapePointer } from '../../runtime/validator.ts';

/** A value of a contract, with its position. */
export interface Node {
  readonly contract: unknown;
  readonly pointer: string;
  readonly value: unknown;
}

/** The nodes of two contracts that are compared with each other. */
export interface Pair {
  readonly base: Node;
  readonly revision: Node;
}

/**
 * The children of an object or array, by name. A `$ref` is followed, and the keywords beside it are added to the
 * children of its target. Both apply, and the contract never sets one validation keyword in both places.
 */
export function childrenOf(node: Node | undefined): Map<string, Node> {
  if (typeof node?.value !== 'object' || node.value === null) return new Map();
  const { contract, pointer, value } = node;
  const { $ref } = value as { $ref?: unknown };
  const own = Object.entries(value).map(
    ([name, child]) =>
      [name, { contract, pointer: `${pointer}/${escapePointer(name)}`, value: child }] as const,
  );
  if (typeof $ref !== 'string') return new Map(own);
  const target = { contract, pointer: $ref, value: resolve(contract as Contract, { $ref }) };
  return new Map([...childrenOf(target), ...own.filter(([name]) => name !== '$ref')]);
}

/** The root of a contract. */
export function rootOf({ contract }: Pick<Node, 'contract'>): Node {
  return { contract, pointer: '#', value: contract };
}

/** The child with a name, after following references. */
export function childOf(node: Node | undefined, name: string): Node | undefined {
  return childrenOf(node).get(name);
}

/** The items of an array. Returns an empty list for a missing node. */
export function itemsOf(node: Node | undefined): Node[] {
  return [...childrenOf(node).values()];
}

/** The child with a name in both contracts. An empty object replaces a missing child. */
export function childPair({ base, revision }: Pair, name: string): Pair {
  return {
    base: childOf(base, name) ?? absentChild(base, name),
    revision: childOf(revision, name) ?? absentChild(revision, name),
  };
}

/** The value of a missing node. As a schema, it accepts every value. */
export const emptyValue: object = Object.freeze({});

/** A node for a missing child. */
export function absentChild({ contract, pointer }: Node, name: string): Node {
  return { contract, pointer: `${pointer}/${escapePointer(name)}`, value: emptyValue };
}

/** Every child of the base or the revision, once, in both contracts. */
export function childPairs(pair: Pair): [name: string, child: Pair][] {
  return matchNames(childrenOf(pair.base), childrenOf(pair.revision)).map(({ name }) => [
    name,
    childPair(pair, name),
  ]);
}

/** Every name in the base or the revision, once, with the value in each. */
export function matchNames<T>(base: ReadonlyMap<string, T>, revision: ReadonlyMap<string, T>) {
  const names = new Set([...base.keys(), ...revision.keys()]);
  return [...names].map((name) => ({ name, base: base.get(name), revision: revision.get(name) }));
}

/** The value of a node with all references replaced by their targets. Endless for a recursive schema. */
export function dereference(node: Node | undefined): unknown {
  if (!node || typeof node.value !== 'object' || node.value === null) return node?.value;
  if (Array.isArray(node.value)) return itemsOf(node).map(dereference);
  return Object.fromEntries([...childrenOf(node)].map(([name, child]) => [name, dereference(child)]));
}

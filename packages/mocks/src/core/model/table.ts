/**
 * An immutable map of rows by id (a hash trie). A changed table shares all other rows with the table before the change.
 * A write therefore costs the same with ten rows and with a hundred thousand, and old tables cost no extra memory.
 */
export interface Table<Row> {
  readonly size: number;
  /** Number of rows that have been added. The number gives the order of the rows. */
  readonly added: number;
  readonly root: Branch<Row>;
}

/** An id with its hash, which every depth of the trie needs. */
interface Key {
  readonly id: string;
  readonly hash: number;
}

interface Leaf<Row> extends Key {
  readonly row: Row;
  readonly order: number;
}

/** 16 slots. Four bits of the id's hash select the slot; the branch below uses the next four bits. */
type Branch<Row> = readonly (Leaf<Row> | Branch<Row> | undefined)[];

export function emptyTable<Row>(): Table<Row> {
  return { size: 0, added: 0, root: [] };
}

export function find<Row>({ root }: Table<Row>, id: string): Row | undefined {
  if (typeof id !== 'string') return undefined; // An untyped test can ask for anything.
  return rowAt(root, keyOf(id));
}

/** Adds a row, or replaces it in its position. */
export function put<Row>(table: Table<Row>, id: string, row: Row): Table<Row> {
  const key = keyOf(id);
  const known = rowAt(table.root, key) !== undefined;
  const root = withLeaf(table.root, { ...key, row, order: table.added }, 0);
  return known ? { ...table, root } : { size: table.size + 1, added: table.added + 1, root };
}

export function without<Row>(table: Table<Row>, id: string): Table<Row> {
  const key = keyOf(id);
  if (rowAt(table.root, key) === undefined) return table;
  return { ...table, size: table.size - 1, root: withoutLeaf(table.root, key, 0) };
}

export function keep<Row>(table: Table<Row>, isKept: (row: Row, id: string) => boolean): Table<Row> {
  return entries(table).reduce((kept, [id, row]) => (isKept(row, id) ? kept : without(kept, id)), table);
}

/** Returns the rows, oldest first. */
export function rows<Row>(table: Table<Row>): Row[] {
  return leavesOf(table).map(({ row }) => row);
}

/** Returns the ids and rows, oldest first. */
export function entries<Row>(table: Table<Row>): [id: string, row: Row][] {
  return leavesOf(table).map(({ id, row }) => [id, row]);
}

export function tableOf<Row>(record: { readonly [id: string]: Row }): Table<Row> {
  return Object.entries(record).reduce((table, [id, row]) => put(table, id, row), emptyTable<Row>());
}

export function recordOf<Row>(table: Table<Row>): { readonly [id: string]: Row } {
  return Object.fromEntries(entries(table));
}

function rowAt<Row>(root: Branch<Row>, key: Key): Row | undefined {
  let node: Leaf<Row> | Branch<Row> | undefined = root;
  for (let depth = 0; isBranch(node); depth++) node = node[slotOf(key, depth)];
  return node?.id === key.id ? node.row : undefined;
}

function withLeaf<Row>(branch: Branch<Row>, leaf: Leaf<Row>, depth: number): Branch<Row> {
  const slot = slotOf(leaf, depth);
  const node = branch[slot];
  const copy = branch.slice();
  if (isBranch(node)) copy[slot] = withLeaf(node, leaf, depth + 1);
  else if (!node) copy[slot] = leaf;
  else if (node.id === leaf.id) copy[slot] = { ...leaf, order: node.order };
  else copy[slot] = withLeaf(withLeaf([], node, depth + 1), leaf, depth + 1);
  return copy;
}

function withoutLeaf<Row>(branch: Branch<Row>, key: Key, depth: number): Branch<Row> {
  const slot = slotOf(key, depth);
  const node = branch[slot];
  const copy = branch.slice();
  copy[slot] = isBranch(node) ? withoutLeaf(node, key, depth + 1) : undefined;
  return copy;
}

function leavesOf<Row>({ root }: Table<Row>): Leaf<Row>[] {
  const leaves: Leaf<Row>[] = [];
  collect(root, leaves);
  return leaves.sort((one, other) => one.order - other.order);
}

function collect<Row>(branch: Branch<Row>, leaves: Leaf<Row>[]): void {
  for (const node of branch) {
    if (isBranch(node)) collect(node, leaves);
    else if (node) leaves.push(node);
  }
}

function isBranch<Row>(node: Leaf<Row> | Branch<Row> | undefined): node is Branch<Row> {
  return Array.isArray(node);
}

/** A write copies a branch for each depth. With more slots, a write copies more. With fewer slots, a search takes longer. */
const bitsPerSlot = 4;
const slots = 2 ** bitsPerSlot;
const depthsPerHash = Math.floor(32 / bitsPerSlot);

/** After the bits of one hash, the bits of the next hash follow, so that two ids get different slots at some depth. */
function slotOf({ id, hash: first }: Key, depth: number): number {
  const bits = depth < depthsPerHash ? first : hash(id, Math.floor(depth / depthsPerHash));
  return (bits >>> (bitsPerSlot * (depth % depthsPerHash))) & (slots - 1);
}

function keyOf(id: string): Key {
  return { id, hash: hash(id, 0) };
}

/** FNV-1a, salted. The sandbox creates the ids itself, so a caller cannot provoke collisions. */
function hash(text: string, salt: number): number {
  let value = 2166136261 ^ salt;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  return value ^ (value >>> 15);
}

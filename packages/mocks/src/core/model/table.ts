/**
 * An immutable map of rows by id (a hash trie). A changed table shares all other rows with the table before the change.
 * A write therefore costs the same with ten rows and with a hundred thousand, and old tables cost no extra memory.
 */
export interface Table<Row> {
  readonly size: number;
  /** How many rows were added so far; gives the order of the rows. */
  readonly added: number;
  readonly root: Branch<Row>;
}

interface Leaf<Row> {
  readonly id: string;
  readonly row: Row;
  readonly order: number;
}

/** 32 slots. Five bits of the id's hash select the slot; the branch below uses the next five bits. */
type Branch<Row> = readonly (Leaf<Row> | Branch<Row> | undefined)[];

export function emptyTable<Row>(): Table<Row> {
  return { size: 0, added: 0, root: [] };
}

export function find<Row>({ root }: Table<Row>, id: string): Row | undefined {
  if (typeof id !== 'string') return undefined; // An untyped test can ask for anything.
  let node: Leaf<Row> | Branch<Row> | undefined = root;
  for (let depth = 0; isBranch(node); depth++) node = node[slotOf(id, depth)];
  return node?.id === id ? node.row : undefined;
}

/** Adds a row, or replaces it in its position. */
export function put<Row>(table: Table<Row>, id: string, row: Row): Table<Row> {
  const known = find(table, id) !== undefined;
  const root = withLeaf(table.root, { id, row, order: table.added }, 0);
  return known ? { ...table, root } : { size: table.size + 1, added: table.added + 1, root };
}

export function without<Row>(table: Table<Row>, id: string): Table<Row> {
  if (find(table, id) === undefined) return table;
  return { ...table, size: table.size - 1, root: withoutLeaf(table.root, id, 0) };
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

function withLeaf<Row>(branch: Branch<Row>, leaf: Leaf<Row>, depth: number): Branch<Row> {
  const slot = slotOf(leaf.id, depth);
  const node = branch[slot];
  const copy = branch.slice();
  if (isBranch(node)) copy[slot] = withLeaf(node, leaf, depth + 1);
  else if (!node) copy[slot] = leaf;
  else if (node.id === leaf.id) copy[slot] = { ...leaf, order: node.order };
  else copy[slot] = withLeaf(withLeaf([], node, depth + 1), leaf, depth + 1);
  return copy;
}

function withoutLeaf<Row>(branch: Branch<Row>, id: string, depth: number): Branch<Row> {
  const slot = slotOf(id, depth);
  const node = branch[slot];
  const copy = branch.slice();
  copy[slot] = isBranch(node) ? withoutLeaf(node, id, depth + 1) : undefined;
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

const bitsPerSlot = 5;
const depthsPerHash = 6;

/** After the bits of one hash, the bits of the next hash follow, so that two ids always part at some depth. */
function slotOf(id: string, depth: number): number {
  const shift = bitsPerSlot * (depth % depthsPerHash);
  return (hash(id, Math.floor(depth / depthsPerHash)) >>> shift) & 31;
}

/** FNV-1a, salted. The sandbox creates the ids itself, so a caller cannot provoke collisions. */
function hash(text: string, salt: number): number {
  let value = 2166136261 ^ salt;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  return value ^ (value >>> 15);
}

/**
 * Rows by their id. A table is never changed in place: one with another row shares everything else with it, so that a
 * write costs the same in a table of ten rows and of a hundred thousand, and an older table costs nothing to keep.
 */
export interface Table<Row> {
  readonly size: number;
  /** How many rows were ever added; tells the order in which they came. */
  readonly added: number;
  readonly root: Branch<Row>;
}

interface Leaf<Row> {
  readonly id: string;
  readonly row: Row;
  readonly order: number;
}

/** 32 places, chosen by five bits of the id's hash; below it, by the next five. */
type Branch<Row> = readonly (Leaf<Row> | Branch<Row> | undefined)[];

/** A table without rows. */
export function emptyTable<Row>(): Table<Row> {
  return { size: 0, added: 0, root: [] };
}

/** The row of that id. */
export function find<Row>({ root }: Table<Row>, id: string): Row | undefined {
  let node: Leaf<Row> | Branch<Row> | undefined = root;
  for (let depth = 0; isBranch(node); depth++) node = node[placeOf(id, depth)];
  return node?.id === id ? node.row : undefined;
}

/** The table with that row added, or replaced where it stands. */
export function put<Row>(table: Table<Row>, id: string, row: Row): Table<Row> {
  const known = find(table, id) !== undefined;
  const root = withLeaf(table.root, { id, row, order: table.added }, 0);
  return known ? { ...table, root } : { size: table.size + 1, added: table.added + 1, root };
}

/** The table without that row. */
export function without<Row>(table: Table<Row>, id: string): Table<Row> {
  if (find(table, id) === undefined) return table;
  return { ...table, size: table.size - 1, root: withoutLeaf(table.root, id, 0) };
}

/** The table with only the rows worth keeping. */
export function keep<Row>(table: Table<Row>, isWorthKeeping: (row: Row, id: string) => boolean): Table<Row> {
  return entries(table).reduce(
    (kept, [id, row]) => (isWorthKeeping(row, id) ? kept : without(kept, id)),
    table,
  );
}

/** The rows, oldest first. */
export function rows<Row>(table: Table<Row>): Row[] {
  return leavesOf(table).map(({ row }) => row);
}

/** The ids and rows, oldest first. */
export function entries<Row>(table: Table<Row>): [id: string, row: Row][] {
  return leavesOf(table).map(({ id, row }) => [id, row]);
}

/** A table of the rows of plain data. */
export function tableOf<Row>(record: { readonly [id: string]: Row }): Table<Row> {
  return Object.entries(record).reduce((table, [id, row]) => put(table, id, row), emptyTable<Row>());
}

/** The rows as plain data. */
export function recordOf<Row>(table: Table<Row>): { readonly [id: string]: Row } {
  return Object.fromEntries(entries(table));
}

function withLeaf<Row>(branch: Branch<Row>, leaf: Leaf<Row>, depth: number): Branch<Row> {
  const place = placeOf(leaf.id, depth);
  const node = branch[place];
  const copy = branch.slice();
  if (isBranch(node)) copy[place] = withLeaf(node, leaf, depth + 1);
  else if (!node) copy[place] = leaf;
  else if (node.id === leaf.id) copy[place] = { ...leaf, order: node.order };
  else copy[place] = withLeaf(withLeaf([], node, depth + 1), leaf, depth + 1);
  return copy;
}

function withoutLeaf<Row>(branch: Branch<Row>, id: string, depth: number): Branch<Row> {
  const place = placeOf(id, depth);
  const node = branch[place];
  const copy = branch.slice();
  copy[place] = isBranch(node) ? withoutLeaf(node, id, depth + 1) : undefined;
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

const bitsOfPlace = 5;
const depthsOfHash = 6;

/** Once the bits of one hash are used up, another one goes on, so that two ids never stay together for good. */
function placeOf(id: string, depth: number): number {
  const shift = bitsOfPlace * (depth % depthsOfHash);
  return (hash(id, Math.floor(depth / depthsOfHash)) >>> shift) & 31;
}

/** FNV-1a, salted. Ids are of the sandbox's own making, so nobody can choose them to collide. */
function hash(text: string, salt: number): number {
  let value = 2166136261 ^ salt;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  return value ^ (value >>> 15);
}

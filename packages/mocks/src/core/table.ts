/** Rows by their id, as plain data. */
export interface Table<Row> {
  readonly [id: string]: Row;
}

/** The row of that id. Sees only the table's own rows, so that an id such as `constructor` finds nothing. */
export function find<Row>(table: Table<Row>, id: string): Row | undefined {
  return Object.hasOwn(table, id) ? table[id] : undefined;
}

/** The table with that row added or replaced. */
export function put<Row>(table: Table<Row>, id: string, row: Row): Table<Row> {
  return { ...table, [id]: row };
}

/** The table with only the rows worth keeping. */
export function keep<Row>(table: Table<Row>, isWorthKeeping: (row: Row, id: string) => boolean): Table<Row> {
  return Object.fromEntries(Object.entries(table).filter(([id, row]) => isWorthKeeping(row, id)));
}

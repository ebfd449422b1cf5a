/** A response of the control API with a part of a list. */
interface Part<Row> {
  readonly data?: readonly Row[];
  readonly error?: unknown;
  readonly response: Response;
}

/** Maximum number of rows in one response of the control API. */
export const maxPart = 1000;

/**
 * Loads every part of a list.
 *
 * @param load - Loads the part after the row with this id.
 * @param rowsOf - Returns the rows of a part, or throws the error of its response.
 */
export async function loadAll<Row extends { readonly id: string }>(
  load: (after: { readonly after?: string }) => Promise<Part<Row>>,
  rowsOf: (part: Part<Row>) => readonly Row[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1)?.id;
    const part = await load(last === undefined ? {} : { after: last });
    rows.push(...rowsOf(part));
    if (!part.response.headers.has('link')) return rows;
  }
}

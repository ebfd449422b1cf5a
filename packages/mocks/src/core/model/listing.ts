import { assertWord, OptionError } from './assert-options.ts';

/** Which rows of a list to return, and in which order. */
export interface ListQuery {
  /**
   * Maximum number of rows.
   * @default 100
   */
  readonly limit?: number;
  /**
   * Continues after the row with this id, even if that row does not match the filter any more.
   * @default the list begins with its first row
   */
  readonly after?: string;
  /**
   * Which rows come first.
   * @default 'oldest'
   */
  readonly order?: 'oldest' | 'newest';
}

/** A part of a list. */
export interface Listing<Row> {
  readonly rows: readonly Row[];
  /** The number of rows that match the filter, before and after this part. */
  readonly total: number;
  /** The id to continue after. Absent if no row follows. */
  readonly next?: string;
}

/**
 * Selects a part of a list.
 *
 * @param all - Every row, oldest first.
 * @throws RangeError if there is no row with the id `after`.
 * @throws OptionError if the order or the limit is invalid.
 */
export function listingOf<Row extends { readonly id: string }>(
  all: readonly Row[],
  matches: (row: Row) => boolean,
  { limit = 100, after, order = 'oldest' }: ListQuery = {},
): Listing<Row> {
  assertWord('order', order, ['oldest', 'newest']);
  if (!Number.isInteger(limit) || limit < 1)
    throw new OptionError('The limit of a list must be a whole number, 1 or more.');
  const ordered = order === 'oldest' ? all : all.toReversed();
  const last = after === undefined ? -1 : ordered.findIndex(({ id }) => id === after);
  if (after !== undefined && last === -1)
    throw new RangeError('There is no row with the id in `after`. Begin again without `after`.');
  const following = ordered.slice(last + 1).filter(matches);
  const rows = following.slice(0, limit);
  const next = following.length > limit ? rows.at(-1)?.id : undefined;
  const total = last === -1 ? following.length : ordered.filter(matches).length;
  return { rows, total, ...(next !== undefined && { next }) };
}

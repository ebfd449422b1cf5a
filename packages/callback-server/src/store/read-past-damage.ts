import type { SequenceRange } from './engine/records.ts';
import { isDamage } from './is-damage.ts';

/**
 * Reads the rows of a range in their order. A range that cannot be read is halved until only the damaged rows are left.
 *
 * @param read - Reads the first rows of a range, in the order.
 * @returns The rows, and the sequence of each damaged row in its place. On a damaged page, a sequence may belong to no row.
 */
export async function* readPastDamage<Row extends { readonly sequence: number }>(
  order: 'oldest first' | 'newest first',
  range: SequenceRange,
  read: (range: SequenceRange) => Promise<Row[]>,
): AsyncGenerator<Row | number> {
  let { after, upTo } = range;
  try {
    while (after < upTo) {
      const rows = await read({ after, upTo });
      const last = rows.at(-1);
      if (!last) return;
      yield* rows;
      if (order === 'oldest first') after = last.sequence;
      else upTo = last.sequence - 1;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    if (upTo - after === 1) return yield upTo;
    const middle = Math.floor((after + upTo) / 2);
    const halves = [
      { after, upTo: middle },
      { after: middle, upTo },
    ];
    for (const half of order === 'oldest first' ? halves : halves.reverse())
      yield* readPastDamage(order, half, read);
  }
}

import { nameDamaged, type OnDamaged, sequenceRanges } from './change-past-damage.ts';
import type { RedeliveryRow } from './engine/read-rows.ts';
import type { IdRange, RedeliveryRows } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { afterEveryId, idWindows } from './id-windows.ts';
import { isDamage } from './is-damage.ts';
import { readPastDamage } from './read-past-damage.ts';

/** The ids that a redelivery or a release is limited to: one id, or the ids of a period. */
export function idRangeOf(id: string | undefined, after = '', until = afterEveryId): IdRange {
  // All ids have the same length: no other id lies between these two texts.
  return id === undefined ? { after, until } : { after: id.slice(0, -1), until: `${id}0` };
}

/**
 * Reads callbacks that can be delivered to a route, in batches, oldest first. A damaged row hides no other row.
 *
 * @param onDamaged - Called for each damaged callback of the range: whether it matches the filter is unknown.
 */
export async function* redeliveryRows(
  engine: StoreEngine,
  filter: RedeliveryRows,
  onDamaged: OnDamaged,
): AsyncGenerator<RedeliveryRow[]> {
  let { after } = filter;
  const { until, limit } = filter;
  try {
    for await (const window of windowsOf(engine, filter)) {
      const read = filter.merchant === null ? engine.redeliveries : engine.redeliveriesOfMerchant;
      let rows: RedeliveryRow[];
      after = window.after > after ? window.after : after;
      do {
        rows = await read({ ...filter, after, until: window.until });
        yield rows;
        after = rows.at(-1)?.id ?? after;
      } while (rows.length === limit);
    }
    return;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const rest = { ...filter, after };
  const concerns = ({ id }: { readonly id: string }) => id > after && id < until;
  for await (const range of sequenceRanges(engine)) {
    let rows: RedeliveryRow[] = [];
    const read = (within: typeof range) => engine.redeliveriesIn(within, rest);
    for await (const row of readPastDamage('oldest first', range, read)) {
      if (typeof row === 'number') await nameDamaged(engine, row, { concerns, onDamaged });
      else rows.push(row);
      if (rows.length < limit) continue;
      yield rows;
      rows = [];
    }
    yield rows;
  }
}

/** One window for the callbacks of one merchant, because they are few. */
async function* windowsOf(engine: StoreEngine, { merchant, after, until }: RedeliveryRows) {
  if (merchant === null) yield* idWindows(engine, { after, until });
  else yield { after, until };
}

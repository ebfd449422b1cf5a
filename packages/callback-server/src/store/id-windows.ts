import type { IdRange } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';

/** Callbacks that one statement examines. A longer statement delays other statements, or keeps a write-ahead log growing. */
const idsPerWindow = 1000;

/** Sorts after every id: ids are hexadecimal. */
export const afterEveryId = 'g';

/** Divides a range of ids into windows for one statement each, oldest first. */
export async function* idWindows(
  { idBehind }: Pick<StoreEngine, 'idBehind'>,
  { after: start, until }: IdRange,
): AsyncGenerator<IdRange> {
  let after = start;
  for (;;) {
    const last = await idBehind(after, idsPerWindow - 1);
    if (last === undefined || last >= until) return yield { after, until };
    // The window includes its last id: all ids have the same length, so this longer text sorts right after that id.
    yield { after, until: `${last}0` };
    after = last;
  }
}

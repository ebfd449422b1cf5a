import { type DamagedCallback, findDamaged } from './damaged-callback.ts';
import type { CallbackRow, WholeCallbackRow } from './engine/read-rows.ts';
import type { RowFilter } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { isDamage } from './is-damage.ts';
import { readPastDamage } from './read-past-damage.ts';

/**
 * Lists rows, newest first. Lists damaged rows too: whether they match the filter may be unknown.
 *
 * @param filter - Without a range of sequences.
 */
export async function listRows(
  engine: StoreEngine,
  filter: RowFilter,
): Promise<readonly (CallbackRow | DamagedCallback)[]> {
  try {
    return await engine.list(filter);
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const range = { after: 0, upTo: await lastSequence(engine, filter) };
  const read = (within: typeof range) => engine.list({ ...filter, ...within, before: null });
  const found: (CallbackRow | DamagedCallback)[] = [];
  for await (const row of readPastDamage('newest first', range, read)) {
    const listed = typeof row === 'number' ? await findDamaged(engine, row) : row;
    if (listed) found.push(listed);
    if (found.length === filter.limit) break;
  }
  return found;
}

async function lastSequence(engine: StoreEngine, { before }: RowFilter): Promise<number> {
  if (before === null) return (await engine.lastSequence()) ?? 0;
  return ((await engine.receiptWithId(before))?.sequence ?? 1) - 1;
}

/** Rows per batch. A body can be as long as `maxBodyBytes`. */
const batchSize = 100;

/** Every callback that is stored now, oldest first. Damaged rows hide no other row. */
export async function* allRows(engine: StoreEngine): AsyncGenerator<WholeCallbackRow | DamagedCallback> {
  const range = { after: 0, upTo: (await engine.lastSequence()) ?? 0 };
  const read = (within: typeof range) => engine.page(within, batchSize);
  for await (const row of readPastDamage('oldest first', range, read)) {
    const found = typeof row === 'number' ? await findDamaged(engine, row) : row;
    if (found) yield found;
  }
}

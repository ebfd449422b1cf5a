import { findDamaged } from './damaged-callback.ts';
import type { ReceiptOfDamaged } from './engine/read-rows.ts';
import type { SequenceRange } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { isDamage } from './is-damage.ts';

/** Called with the id of each callback that is left as it is, because its row is damaged. */
export type OnDamaged = (id: string) => void;

/** Sequences of one range. A damaged callback divides its range. */
const rowsPerRange = 1000;

/** A change of callbacks. */
export interface RangeChange {
  /** Changes some callbacks of a range, and resolves to how many. 0 ends the range. */
  readonly change: (range: SequenceRange) => Promise<number>;
  /** Whether the change concerns a damaged callback, as far as its receipt tells. */
  readonly concerns: (receipt: Pick<ReceiptOfDamaged, 'id' | 'receivedAt'>) => boolean;
  readonly onDamaged: OnDamaged;
}

/** Makes a change that has met damage, range by range. All rows that are not damaged are changed. */
export async function* changeAllPastDamage(engine: StoreEngine, change: RangeChange): AsyncGenerator<number> {
  for await (const range of sequenceRanges(engine)) yield* changePastDamage(engine, range, change);
}

/** The ranges of all callbacks that are stored now, oldest first. */
export async function* sequenceRanges(
  engine: Pick<StoreEngine, 'lastSequence' | 'nextSequence'>,
): AsyncGenerator<SequenceRange> {
  const last = (await engine.lastSequence()) ?? 0;
  for (let after = 0; after < last; ) {
    yield { after, upTo: Math.min(after + rowsPerRange, last) };
    after = await startOfNext(engine, after + rowsPerRange);
  }
}

/** Between two partitions are very many sequences without a callback. A damaged page may hide the next callback. */
async function startOfNext(
  { nextSequence }: Pick<StoreEngine, 'nextSequence'>,
  after: number,
): Promise<number> {
  try {
    return ((await nextSequence(after)) ?? after + 1) - 1;
  } catch (error) {
    if (isDamage(error)) return after;
    throw error;
  }
}

/** Changes the callbacks of a range. A range that cannot be changed is halved until only the damaged rows are left. */
export async function* changePastDamage(
  engine: StoreEngine,
  range: SequenceRange,
  change: RangeChange,
): AsyncGenerator<number> {
  try {
    yield* untilNone(() => change.change(range));
  } catch (error) {
    if (!isDamage(error)) throw error;
    const { after, upTo } = range;
    if (upTo - after === 1) return nameDamaged(engine, upTo, change);
    const middle = Math.floor((after + upTo) / 2);
    yield* changePastDamage(engine, { after, upTo: middle }, change);
    yield* changePastDamage(engine, { after: middle, upTo }, change);
  }
}

/** Names a callback whose row is damaged, by its id or, if the receipts are damaged too, by its sequence. */
export async function nameDamaged(
  engine: StoreEngine,
  sequence: number,
  { concerns, onDamaged }: Omit<RangeChange, 'change'>,
): Promise<void> {
  const damaged = await findDamaged(engine, sequence);
  if (!damaged) return;
  const { receipt } = damaged;
  if (!receipt || concerns(receipt)) onDamaged(receipt?.id ?? `sequence ${sequence}`);
}

/** Repeats a change until it changes nothing more. */
export async function* untilNone(change: () => Promise<number>): AsyncGenerator<number> {
  for (let changed = await change(); changed > 0; changed = await change()) yield changed;
}

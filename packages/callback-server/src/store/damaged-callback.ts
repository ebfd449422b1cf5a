import type { KeptCallback, WholeCallback } from '../callback/kept-callback.ts';
import type { ReceiptOfDamaged } from './engine/read-rows.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { isDamage } from './is-damage.ts';

/** A callback whose row is damaged. */
export interface DamagedCallback {
  readonly sequence: number;
  /** The callback's first receipt, which tells what is known of the callback; missing if the receipts are damaged too. */
  readonly receipt?: ReceiptOfDamaged;
}

/** Callbacks whose rows and receipts are damaged, so that not even their ids can be read. */
export class LostCallbacksError extends Error {
  override readonly name = 'LostCallbacksError';

  constructor(sequences: readonly number[]) {
    super(
      `The rows and the receipts of the callbacks with these sequences are damaged: ${sequences.join(', ')}. Restore a backup.`,
    );
  }
}

/** Looks for a damaged callback. Resolves to `undefined` if there is no callback of that sequence. */
export async function findDamaged(
  engine: Pick<StoreEngine, 'firstReceipt'>,
  sequence: number,
): Promise<DamagedCallback | undefined> {
  try {
    const receipt = await engine.firstReceipt(sequence);
    return receipt && { sequence, receipt };
  } catch (error) {
    if (isDamage(error)) return { sequence };
    throw error;
  }
}

/** Shows what the receipts of a damaged callback tell. */
export function showDamaged({ id, receivedAt, bodyBytes, seenCount }: ReceiptOfDamaged): KeptCallback {
  const unknown = { event: 'unknown', verdict: 'unknown', held: 'unreadable' } as const;
  return { ...unknown, id, receivedAt, seenCount, bodyBytes, violations: [], deliveries: [] };
}

export function showDamagedWhole(receipt: ReceiptOfDamaged): WholeCallback {
  return { ...showDamaged(receipt), masked: null, receipts: [] };
}

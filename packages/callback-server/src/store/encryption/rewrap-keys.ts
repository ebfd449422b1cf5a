import type { WrappedKey } from '../engine/read-rows.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import { UnreadableError } from './data-key.ts';
import type { RewrapResult } from './encryption.ts';
import type { KeyRing } from './key-ring.ts';

const batchSize = 500;

/**
 * Wraps every data key with the current master key. Retires the other master keys first: a running server then adds no
 * data key under them, so the rewrap misses no data key. Can be run again after an interruption.
 */
export async function rewrapKeys(engine: StoreEngine, ring: KeyRing): Promise<RewrapResult> {
  const current = ring.currentId();
  await engine.retireMasterKeys(current);
  let [rewrapped, unreadable, after] = [0, 0, ''];
  for (;;) {
    const batch = await engine.dataKeysToRewrap(current, after, batchSize);
    if (batch.length === 0) return { rewrapped, unreadable };
    const keys = batch.map((key) => rewrap(key, ring)).filter((key) => key !== undefined);
    await engine.replaceDataKeys(keys);
    rewrapped += keys.length;
    unreadable += batch.length - keys.length;
    after = batch.at(-1)?.id ?? '';
  }
}

/** `undefined` for a damaged key, so that the other keys are still rewrapped. */
function rewrap(key: WrappedKey, ring: KeyRing): WrappedKey | undefined {
  try {
    return ring.wrap(key.id, ring.unwrap(key));
  } catch (error) {
    if (error instanceof UnreadableError) return undefined;
    throw error;
  }
}

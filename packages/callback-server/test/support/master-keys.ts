import { createHash } from 'node:crypto';
import type { MasterKey } from '../../src/store/engine/store-options.ts';

/** An obviously fake master key. */
export function masterKey(id: string): MasterKey {
  return { id, key: createHash('sha256').update(`not a real master key: ${id}`).digest() };
}

export const masterKeys: readonly MasterKey[] = [masterKey('first')];

import { hash } from 'node:crypto';
import { type DataKey, plaintextKey } from './data-key.ts';

/** Protects personal data in the database. */
export interface Encryption {
  /** The database's name for a merchant. */
  pseudonymOf(merchantId: string): string;
  /** A keyed hash: equal for equal texts, and useless for guessing them. */
  digest(text: string): Uint8Array;
  /** The data key of a merchant, or of callbacks without a merchant. Creates the key if there is none. */
  keyOfMerchant(merchant: string | null): Promise<DataKey>;
  /** The data key of that id; `undefined` if it was erased. */
  keyById(id: string | null): Promise<DataKey | undefined>;
  /** Encrypts data that belongs to no merchant and is never erased. */
  readonly storeKey: DataKey;
  /** Removes a merchant's key from the cache, so that the next use reads it from the database. */
  evictKeyOf(merchant: string | null): void;
  /** Deletes a merchant's key, so that everything it encrypts stays unreadable for ever. */
  destroyKeyOf(merchant: string): Promise<void>;
  /** Wraps every data key with the current master key. Resolves to how many keys another master key had wrapped. */
  rewrapKeys(): Promise<number>;
}

export const noEncryption: Encryption = {
  pseudonymOf: (merchantId) =>
    isPlain(merchantId) ? merchantId : `sha256 ${sha256(merchantId).toString('hex')}`,
  digest: sha256,
  keyOfMerchant: async () => plaintextKey,
  keyById: async (id) => (id === null ? plaintextKey : undefined),
  storeKey: plaintextKey,
  evictKeyOf: () => {},
  destroyKeyOf: async () => {},
  rewrapKeys: async () => 0,
};

/** Whether an id looks like an id. Other texts from a sender do not fit into every database or index. */
function isPlain(merchantId: string): boolean {
  return /^[\w.:@/+-]{1,64}$/.test(merchantId);
}

function sha256(text: string): Buffer {
  // As UTF-16, because UTF-8 encodes all lone surrogates alike, so that different texts would have one hash.
  return hash('sha256', Buffer.from(text, 'utf16le'), 'buffer');
}

import { hash } from 'node:crypto';
import { type DataKey, plaintextKey } from './data-key.ts';

/** What stands between a person's data and the database. */
export interface Encryption {
  /** What stands for a merchant in the database. */
  pseudonymOf(merchantId: string): string;
  /** Tells alike from different, and nothing else. */
  digest(text: string): Uint8Array;
  /** The key for what belongs to a merchant, or to nobody; makes it where there is none. */
  keyOfMerchant(merchant: string | null): Promise<DataKey>;
  /** The key of that id; nothing where it has been erased. */
  keyById(id: string | null): Promise<DataKey | undefined>;
  /** For what belongs to nobody, and is never erased. */
  readonly storeKey: DataKey;
  /** Has a merchant's key looked up anew when it is needed next. */
  evictKeyOf(merchant: string | null): void;
  /** Drops a merchant's key, so that nothing sealed by it can ever be opened again. */
  destroyKeyOf(merchant: string): Promise<void>;
  /** Wraps every key by the current master key; how many were wrapped by another. */
  rewrapKeys(): Promise<number>;
}

/** Keeps everything as it is. */
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

/** Whether an id is as ids are. What else a sender may give cannot stand in every database, or in an index. */
function isPlain(merchantId: string): boolean {
  return /^[\w.:@/+-]{1,64}$/.test(merchantId);
}

function sha256(text: string): Buffer {
  // UTF-8 has one form for all that is not well-formed, so it could not tell such texts apart.
  return hash('sha256', Buffer.from(text, 'utf16le'), 'buffer');
}

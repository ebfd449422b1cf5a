import { hash } from 'node:crypto';
import { type DataKey, inTheClear } from './data-key.ts';

/** What stands between a person's data and the database. */
export interface Vault {
  /** What stands for a merchant in the database. */
  tokenOf(merchantId: string): string;
  /** Tells alike from different, and nothing else. */
  digest(text: string): Uint8Array;
  /** The key for what belongs to a merchant, or to nobody; makes it where there is none. */
  keyFor(merchant: string | null): Promise<DataKey>;
  /** The key of that id; nothing where it has been erased. */
  keyOf(id: string | null): Promise<DataKey | undefined>;
  /** For what belongs to nobody, and is never erased. */
  readonly own: DataKey;
  /** Has a merchant's key looked up anew when it is needed next. */
  forget(merchant: string | null): void;
  /** Drops a merchant's key, so that nothing sealed by it can ever be opened again. */
  shred(merchant: string): Promise<void>;
  /** Wraps every key by the current master key; how many were wrapped by another. */
  rewrap(): Promise<number>;
}

/** Keeps everything as it is. */
export const clearVault: Vault = {
  tokenOf: (merchantId) =>
    isPlain(merchantId) ? merchantId : `sha256 ${sha256(merchantId).toString('hex')}`,
  digest: sha256,
  keyFor: async () => inTheClear,
  keyOf: async (id) => (id === null ? inTheClear : undefined),
  own: inTheClear,
  forget: () => {},
  shred: async () => {},
  rewrap: async () => 0,
};

/** Whether an id is as ids are. What else a sender may give cannot stand in every database, or in an index. */
function isPlain(merchantId: string): boolean {
  return /^[\w.:@/+-]{1,64}$/.test(merchantId);
}

function sha256(text: string): Buffer {
  // UTF-8 has one form for all that is not well-formed, so it could not tell such texts apart.
  return hash('sha256', Buffer.from(text, 'utf16le'), 'buffer');
}

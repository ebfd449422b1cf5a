import { createHash } from 'node:crypto';

/** Seals what is one merchant's, and opens it. */
export interface DataKey {
  /** Nothing where things are kept in the clear. */
  readonly id: string | null;
  /** @param label - Says what it is and of which callback: it opens under the same label only. */
  seal(plain: Uint8Array, label: string): Uint8Array;
  /** @throws UnreadableError where it was sealed by another key, under another label, or was changed. */
  open(sealed: Uint8Array, label: string): Uint8Array;
}

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
  /** Has a key looked up anew when it is needed next. */
  forget(key: DataKey): void;
}

/** Keeps everything as it is. */
export const openVault: Vault = {
  tokenOf: (merchantId) => (isPlain(merchantId) ? merchantId : hashed(merchantId)),
  // UTF-8 has one form for all that is not well-formed, so it could not tell such texts apart.
  digest: (text) => createHash('sha256').update(text, 'utf16le').digest(),
  keyFor: async () => inTheClear,
  keyOf: async (id) => (id === null ? inTheClear : undefined),
  get own() {
    return inTheClear;
  },
  forget: () => {},
};

/** Whether an id is as ids are. What else a sender may give cannot stand in every database, or in an index. */
function isPlain(merchantId: string): boolean {
  return /^[\w.:@/+-]{1,64}$/.test(merchantId);
}

function hashed(merchantId: string): string {
  return `sha256 ${createHash('sha256').update(merchantId, 'utf16le').digest('hex')}`;
}

export const inTheClear: DataKey = { id: null, seal: (plain) => plain, open: (plain) => plain };

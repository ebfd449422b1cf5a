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
  digest(...parts: readonly (string | Uint8Array)[]): Uint8Array;
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
  tokenOf: (merchantId) => merchantId,
  digest: (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest(),
  keyFor: async () => inTheClear,
  keyOf: async (id) => (id === null ? inTheClear : undefined),
  get own() {
    return inTheClear;
  },
  forget: () => {},
};

export const inTheClear: DataKey = { id: null, seal: (plain) => plain, open: (plain) => plain };

import { hash } from 'node:crypto';
import type { StoreEngine } from '../engine/store-engine.ts';
import { plaintextKey } from './data-key.ts';
import type { Encryption } from './encryption.ts';
import { MasterKeyError } from './master-key-error.ts';

/** Encrypts nothing. Another process may encrypt an empty database. Then this process cannot use the database any more. */
export function createPlaintext(engine: Pick<StoreEngine, 'encryptedUnder'>): Encryption {
  const isEncrypted = () =>
    new MasterKeyError('DATABASE_ENCRYPTED', 'The callbacks of this database are encrypted.');
  const assertUsable = async () => {
    if ((await engine.encryptedUnder()) !== undefined) throw isEncrypted();
  };
  return {
    masterKeyIds: [],
    assertUsable,
    pseudonymOf: (merchantId) =>
      isPlain(merchantId) ? merchantId : `sha256 ${sha256(merchantId).toString('hex')}`,
    digest: sha256,
    keyOfMerchant: async () => plaintextKey,
    keyById: async (id) => {
      if (id !== null) throw isEncrypted();
      return plaintextKey;
    },
    storeKey: plaintextKey,
    // The engine refuses plaintext only after the database was encrypted.
    evictKeyOf: () => {
      throw isEncrypted();
    },
    destroyKeyOf: assertUsable,
    rewrapKeys: async () => ({ rewrapped: 0, unreadable: 0 }),
  };
}

/** Whether an id is short, and has only usual characters. Other texts do not fit into every database or index. */
function isPlain(merchantId: string): boolean {
  return /^[\w.:@/+-]{1,64}$/.test(merchantId);
}

function sha256(text: string): Buffer {
  // As UTF-16, because UTF-8 encodes all lone surrogates alike, so that different texts would have one hash.
  return hash('sha256', Buffer.from(text, 'utf16le'), 'buffer');
}

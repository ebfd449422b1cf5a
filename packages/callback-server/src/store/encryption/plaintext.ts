import { hash } from 'node:crypto';
import type { StoreEngine } from '../engine/store-engine.ts';
import { plaintextKey } from './data-key.ts';
import type { Encryption } from './encryption.ts';
import { MasterKeyError } from './master-key-error.ts';

/** Encrypts nothing. Another process may encrypt the database as long as it is empty: then this one can do nothing. */
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
    // Plaintext is always stored, unless the database has become encrypted.
    evictKeyOf: () => {
      throw isEncrypted();
    },
    destroyKeyOf: assertUsable,
    rewrapKeys: async () => ({ rewrapped: 0, unreadable: 0 }),
  };
}

/** Whether an id looks like an id. Other texts from a sender do not fit into every database or index. */
function isPlain(merchantId: string): boolean {
  return /^[\w.:@/+-]{1,64}$/.test(merchantId);
}

function sha256(text: string): Buffer {
  // As UTF-16, because UTF-8 encodes all lone surrogates alike, so that different texts would have one hash.
  return hash('sha256', Buffer.from(text, 'utf16le'), 'buffer');
}

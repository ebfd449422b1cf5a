import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

/** Encrypts the data of one owner. */
export interface DataKey {
  /** `null` without encryption. */
  readonly id: string | null;
  /** @param label - Names the kind of data and its callback. Decryption needs the same label. */
  encrypt(plaintext: Uint8Array, label: string): Uint8Array;
  /** @throws UnreadableError if the key or the label differs, or if the data was changed. */
  decrypt(encrypted: Uint8Array, label: string): Uint8Array;
}

export const plaintextKey: DataKey = { id: null, encrypt: (data) => data, decrypt: (data) => data };

/** Encrypted data cannot be decrypted: the key differs, or the data was changed. */
export class UnreadableError extends Error {
  override readonly name: string = 'UnreadableError';
  readonly code = 'UNREADABLE';
}

const nonceBytes = 12;
const tagBytes = 16;

/** An AES-256-GCM key. Encrypted data is a nonce, the ciphertext and a tag. */
export function createDataKey(id: string, bytes: Uint8Array): DataKey {
  // Created once: creating a KeyObject for each call is slow.
  const key = createSecretKey(bytes);
  return {
    id,
    encrypt: (plaintext, label) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(label));
      return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt: (encrypted, label) => {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, nonceBytes));
        decipher.setAAD(Buffer.from(label)).setAuthTag(encrypted.subarray(-tagBytes));
        return Buffer.concat([decipher.update(encrypted.subarray(nonceBytes, -tagBytes)), decipher.final()]);
      } catch (error) {
        throw new UnreadableError(`The data labelled "${label}" cannot be decrypted.`, { cause: error });
      }
    },
  };
}

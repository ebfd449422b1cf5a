import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { UnreadableError } from './unreadable-error.ts';

/** Seals what is one owner's, and opens it. */
export interface DataKey {
  /** Nothing where things are kept in the clear. */
  readonly id: string | null;
  /** @param label - Says what it is and of which callback: it opens under the same label only. */
  encrypt(plain: Uint8Array, label: string): Uint8Array;
  /** @throws UnreadableError where it was sealed by another key, under another label, or was changed. */
  decrypt(encrypted: Uint8Array, label: string): Uint8Array;
}

export const plaintextKey: DataKey = { id: null, encrypt: (plain) => plain, decrypt: (plain) => plain };

const nonceBytes = 12;
const tagBytes = 16;

/** A key of AES-256-GCM. What it seals is a nonce, the cipher text, and a tag. */
export function createDataKey(id: string, bytes: Uint8Array): DataKey {
  // Made once, because OpenSSL's key is dear to make for each use.
  const key = createSecretKey(bytes);
  return {
    id,
    encrypt: (plain, label) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(label));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt: (encrypted, label) => {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, nonceBytes));
        decipher.setAAD(Buffer.from(label)).setAuthTag(encrypted.subarray(-tagBytes));
        return Buffer.concat([decipher.update(encrypted.subarray(nonceBytes, -tagBytes)), decipher.final()]);
      } catch (error) {
        throw new UnreadableError(`What was sealed as "${label}" does not open.`, { cause: error });
      }
    },
  };
}

import { hash } from 'node:crypto';
import { type DataKey, UnreadableError } from './encryption/data-key.ts';
import type { Encryption } from './encryption/encryption.ts';
import { label } from './label.ts';

/** A stored body differs from the received body. */
export class DamagedBodyError extends UnreadableError {
  override readonly name = 'DamagedBodyError';

  constructor(id: string) {
    super(`The stored body of the callback ${id} differs from the received body.`);
  }
}

/**
 * Decrypts a stored body, and compares the body with the hash that was taken on receipt. Never returns damaged bytes.
 *
 * @throws DamagedBodyError if the bytes differ from the received bytes.
 * @throws UnreadableError if the body cannot be decrypted.
 */
export function receivedBody(
  { id, body, bodyHash }: { readonly id: string; readonly body: Uint8Array; readonly bodyHash: Uint8Array },
  key: DataKey,
  encryption: Pick<Encryption, 'digest'>,
): Uint8Array {
  const bytes = key.decrypt(body, label(id, 'body'));
  const isReceived = Buffer.compare(encryption.digest(hash('sha256', bytes)), bodyHash) === 0;
  if (!isReceived) throw new DamagedBodyError(id);
  return bytes;
}

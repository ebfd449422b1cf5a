import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { Encryption } from './encryption/encryption.ts';

const timeBytes = 6;
const latestTime = 2 ** (8 * timeBytes) - 1;

/**
 * Tells one callback from another. Begins with the provider's time, so that what comes in together lies together in the
 * index, and a commit has few of its pages to write.
 */
export function dedupHash(
  { dedupKey, providerTime = 0 }: IncomingCallback,
  encryption: Encryption,
): Uint8Array {
  const time = Buffer.alloc(timeBytes);
  const canBeWritten = Number.isInteger(providerTime) && providerTime >= 0 && providerTime <= latestTime;
  time.writeUIntBE(canBeWritten ? providerTime : 0, 0, timeBytes);
  return Buffer.concat([time, encryption.digest(dedupKey)]);
}

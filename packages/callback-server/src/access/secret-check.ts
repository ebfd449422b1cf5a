import { isSameDigest, sha256 } from './sha256.ts';

/**
 * Creates a check whether a text is one of the live secrets. Several can be live, so that they can rotate. Every secret
 * is compared, as a hash of fixed length, so that the time of a check reveals nothing about the secrets.
 */
export function createSecretCheck(secrets: readonly string[]) {
  const live = Promise.all(secrets.map((secret) => sha256(secret)));
  return async (given: string | Uint8Array) => {
    const digest = await sha256(given);
    return (await live).map((known) => isSameDigest(known, digest)).includes(true);
  };
}

import { isSameDigest, sha256 } from './sha256.ts';

/** Whether what was given is one of the live secrets. */
export type SecretCheck = (given: string | Uint8Array) => Promise<boolean>;

/**
 * Checks against several live secrets, so that they can rotate.
 *
 * All are compared, as hashes of one length, so that the time it takes tells nothing of any of them.
 */
export function createSecretCheck(secrets: readonly string[]): SecretCheck {
  const live = Promise.all(secrets.map((secret) => sha256(secret)));
  return async (given) => {
    const digest = await sha256(given);
    return (await live).map((known) => isSameDigest(known, digest)).includes(true);
  };
}

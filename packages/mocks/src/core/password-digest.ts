import type { Env } from './env.ts';

/** Lets a password be compared without being kept. Good enough for passwords of a sandbox, and for no others. */
export function passwordDigest(env: Env, partnerId: string, password: string): string {
  return env.derive(`password ${partnerId} ${password}`);
}

import type { Derive } from './derive.ts';

/** Lets a password be compared without being kept. Good enough for passwords of a sandbox, and for no others. */
export function passwordDigest(
  { derive }: { readonly derive: Derive },
  partnerId: string,
  password: string,
): string {
  return derive(`password ${partnerId} ${password}`);
}

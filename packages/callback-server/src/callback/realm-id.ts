import type { MerchantCallback } from './validate-callback.ts';

/** The realm that a callback names; `undefined` if it names none. */
export function realmIdOf(payload: MerchantCallback | undefined): string | undefined {
  // Drift: it may be of another type than the contract says.
  const realmId: unknown = payload?.merchantData.realmId;
  return typeof realmId === 'string' ? realmId : undefined;
}

import type { MerchantCallback } from './validate-callback.ts';

/** The realm that a callback names; `undefined` if it names none. */
export function realmIdOf(payload: MerchantCallback | undefined): string | undefined {
  // With drift, the property may have another type than the contract says.
  const realmId: unknown = payload?.merchantData.realmId;
  return typeof realmId === 'string' ? realmId : undefined;
}

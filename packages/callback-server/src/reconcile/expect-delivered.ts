import type { Claim } from '../callback/delivery.ts';
import { realmIdOf } from '../callback/realm-id.ts';
import { validateCallback } from '../callback/validate-callback.ts';
import type { Route } from '../dispatch/route.ts';
import { type ExpectedMerchant, isExpectable } from '../merchant/expected-merchant.ts';
import { createGroupCommit } from '../store/engine/group-commit.ts';
import type { MerchantStore } from '../store/merchants.ts';

/**
 * Expects further callbacks of each merchant whose callback is delivered. Receiving does not wait for this, and no merchant
 * is missed: the delivery ends only when the merchant is stored.
 */
export function createExpectDelivered(
  { expect }: Pick<MerchantStore, 'expect'>,
  reconcileMs: number,
): (route: Route) => Route {
  // Anybody can post a callback. Only a confirmed one may change the realm of a merchant.
  const commitOf = (isTrusted: boolean) =>
    createGroupCommit<ExpectedMerchant & { readonly callback: number }, undefined>({
      commit: async (merchants) => {
        await expect(merchants, isTrusted, reconcileMs);
        return merchants.map(() => undefined);
      },
      faultOf: () => 'store',
      onFatal: () => {},
      onCommit: () => {},
    });
  const [trusted, untrusted] = [commitOf(true), commitOf(false)];
  const expectMerchantOf = async ({ body, event, confirmation, callback }: Claim) => {
    const { payload } = validateCallback(body, event);
    const realmId = realmIdOf(payload) || payload?.merchantData.applicationId;
    const expected = { merchantId: payload?.merchantData.id, realmId };
    if (!isExpectable(expected) || confirmation === 'recovered') return;
    // One byte: a job of 0 bytes waits behind others.
    await (confirmation === 'confirmed' ? trusted : untrusted).add({ ...expected, callback }, 1);
  };
  return (route) => ({
    ...route,
    deliver: async (claim, signal) => {
      const expected = expectMerchantOf(claim);
      // It may fail before the delivery ends.
      expected.catch(() => {});
      const result = await route.deliver(claim, signal);
      await expected;
      return result;
    },
  });
}

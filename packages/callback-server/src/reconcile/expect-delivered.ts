import type { Claim } from '../callback/delivery.ts';
import { realmIdOf } from '../callback/realm-id.ts';
import { validateCallback } from '../callback/validate-callback.ts';
import type { Route } from '../dispatch/route.ts';
import { type ExpectedMerchant, isExpectable } from '../merchant/expected-merchant.ts';
import { inBatches } from '../store/engine/in-batches.ts';
import type { MerchantStore } from '../store/merchants.ts';

/**
 * Expects further callbacks of each merchant whose callback is delivered. Receiving does not wait for this step. A delivery
 * ends only when its merchant is stored, so no merchant is lost.
 */
export function createExpectDelivered(
  { expect }: Pick<MerchantStore, 'expect'>,
  reconcileMs: number,
): (route: Route) => Route {
  // Anybody can post a callback. Only a confirmed one may change the realm of a merchant.
  const expectAll = (isTrusted: boolean) =>
    inBatches(async (merchants: readonly NamedMerchant[]) => {
      await expect(merchants, isTrusted, reconcileMs);
      return merchants.map(() => undefined);
    });
  const [expectTrusted, expectUntrusted] = [expectAll(true), expectAll(false)];
  const expectMerchantOf = async ({ body, event, confirmation, callback }: Claim) => {
    const { payload } = validateCallback(body, event);
    const realmId = realmIdOf(payload) || payload?.merchantData.applicationId;
    const expected = { merchantId: payload?.merchantData.id, realmId };
    if (!isExpectable(expected) || confirmation === 'recovered') return;
    await (confirmation === 'confirmed' ? expectTrusted : expectUntrusted)({ ...expected, callback });
  };
  return (route) => ({
    ...route,
    deliver: async (claim, signal) => {
      const expected = expectMerchantOf(claim);
      // The promise may reject before the delivery ends.
      expected.catch(() => {});
      const result = await route.deliver(claim, signal);
      await expected;
      return result;
    },
  });
}

/** A merchant, and the sequence of the callback that names it. */
interface NamedMerchant extends ExpectedMerchant {
  readonly callback: number;
}
